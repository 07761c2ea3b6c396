import type { Context } from '#server/context.ts';
import type { Metric } from '#server/platform/metrics.ts';
import { agesOfRates } from './queries.ts';

/** Returns the age of each source's newest rates, and how many of its days wait for a person. */
export async function rateMetrics({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Metric[]> {
  const rates = await agesOfRates(db, clock.now().toISOString().slice(0, 10));
  return [
    {
      name: 'quoteline_exchange_rates_age_days',
      type: 'gauge',
      samples: rates.flatMap(({ source, age }) => (age === null ? [] : [{ labels: { source }, value: age }])),
    },
    {
      name: 'quoteline_exchange_rates_held_days',
      type: 'gauge',
      samples: rates.map(({ source, held }) => ({ labels: { source }, value: held })),
    },
  ];
}
