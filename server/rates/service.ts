import type { Db } from '#db/client.ts';
import { refuse } from '#server/platform/errors.ts';
import * as queries from './queries.ts';
import { ageInDays } from './rules.ts';
import type { ExchangeRates } from './schema.ts';

export { acceptHeld, discardHeld, keepDay, type Kept } from './keeping.ts';
export { fetchRates, RatesNotFetched } from './fetching.ts';
export { type PublishedDay, rateFrom, UnreadableRates } from './formats/published.ts';
export { readRates } from './formats/read.ts';
export { lastStoredAt } from './queries.ts';

/** The reference rates that count on a day: 1 euro = `rates` of each currency. */
export interface DatedRates {
  /** The day of the newest of them. */
  date: string;
  source: string;
  rates: ReadonlyMap<string, string>;
  /** The day of each currency's rate. */
  dates: ReadonlyMap<string, string>;
}

/** Returns the newest rates on or before a day (YYYY-MM-DD); null if there are none. */
export async function ratesOn(db: Db, day: string): Promise<DatedRates | null> {
  const rows = await queries.newestRates(db, day);
  if (rows.length === 0) return null;
  return {
    date: rows.reduce((newest, row) => (row.date > newest ? row.date : newest), ''),
    source: [...new Set(rows.map(({ source }) => source).filter(Boolean))].join(', '),
    rates: new Map(rows.map(({ currency, rate }) => [currency, rate])),
    dates: new Map(rows.map(({ currency, date }) => [currency, date])),
  };
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
