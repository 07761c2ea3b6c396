import type { Context } from '#server/context.ts';
import type { Metric } from '#server/platform/metrics.ts';
import { closedCountries } from './queries.ts';

/** Returns the countries to which no calls are placed at present. */
export async function admissionMetrics({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Metric[]> {
  const closed = await closedCountries(db, clock.now());
  const samples = closed.map(({ country }) => ({ labels: { country }, value: 1 }));
  return [{ name: 'quoteline_country_closed', type: 'gauge', samples }];
}
