import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Rates } from './scale.ts';

/** Returns the newest rate of each currency on or before a day (YYYY-MM-DD); null if there is none. */
export async function ratesOn(db: Db, day: string): Promise<Rates | null> {
  const rows = await db.execute<{ currency: string; date: string; rate: string }>(sql`
    select distinct on (currency) currency, date::text as date, rate::text as rate
    from exchange_rates where date <= ${day}::date
    order by currency, date desc`);
  const [oldest] = rows.map((row) => row.date).sort();
  return oldest === undefined
    ? null
    : { of: oldest, rates: new Map(rows.map((row) => [row.currency, row.rate])) };
}
