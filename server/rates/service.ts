import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import type { Scale } from './conversion.ts';
import { keptRatesOn } from './kept.ts';
import * as queries from './queries.ts';
import { ratesOn } from './stored.ts';
import { ageInDays } from './rules.ts';
import type { ExchangeRates } from './schema.ts';

export {
  conversionOf,
  type DatedRates,
  dateOf,
  type PriceRange,
  rangesWithin,
  type Scale,
  withAbout,
} from './conversion.ts';
export { aboutLowest, listTotalOf, totalCurrency, totalOf } from './total.ts';
export { acceptHeld, discardHeld, keepDay, type Kept } from './keeping.ts';
export { fetchRates, RatesNotFetched } from './fetching.ts';
export { type PublishedDay, rateFrom, UnreadableRates } from './formats/published.ts';
export { keptRatesOn } from './kept.ts';
export { ratesOn } from './stored.ts';
export { readRates } from './formats/read.ts';
export { lastStoredAt, newestRateOf } from './queries.ts';

/** Returns the scale of a currency at today's rates; null for none. */
export async function scaleIn(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  currency: string | undefined,
): Promise<Scale | null> {
  if (currency === undefined) return null;
  const today = clock.now().toISOString().slice(0, 10);
  return { currency, rates: await keptRatesOn({ db, clock }, today), today };
}

/** Returns the rates of a day for the API. Refuses `not_found` before the first. */
export async function describeRates(db: Db, day: string): Promise<ExchangeRates> {
  const known = await ratesOn(db, day);
  if (!known) throw refuse('not_found');
  const { date, source, rates, dates } = known;
  return {
    date,
    base: 'EUR',
    rates: Object.fromEntries(rates),
    source,
    older: Object.fromEntries([...dates].filter(([, own]) => own !== date)),
  };
}

/** Returns each source's newest day with its age, and the days that wait for a person. */
export async function ratesStatus(db: Db, now: Date) {
  const [newest, held] = [await queries.newestDays(db), await queries.heldDays(db)];
  return { newest: newest.map((day) => ({ ...day, age: ageInDays(day.date, now) })), held };
}
