import type { Db } from '#db/client.ts';
import type { DatedRates } from './conversion.ts';
import * as queries from './queries.ts';

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
