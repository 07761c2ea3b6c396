import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { type Db, planOnce } from '#db/client.ts';
import { exchangeRates, heldExchangeRates } from '#db/tables/rates.ts';
import { currencies } from '#server/common/money.ts';
import type { PublishedDay } from './formats/published.ts';
import type { Jump, KnownRate } from './rules.ts';

/** The advisory lock for storing rates. */
const storeLock = 0x51_0e_31;

/** Serialises the processes that store rates, until the transaction ends. */
export async function lockRates(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${storeLock})`);
}

type RateRow = KnownRate & { currency: string } & Record<string, unknown>;

const knownCurrencies = `{${Object.keys(currencies).join(',')}}`;

/** Returns each supported currency's newest rate on or before a day, one probe of the primary key each. */
export async function newestRates(db: Db, day: string): Promise<RateRow[]> {
  return db.execute<RateRow>(sql`${planOnce}
    select c.currency, r.date::text as date, trim_scale(r.rate)::text as rate, r.source
    from unnest(${knownCurrencies}::text[]) as c (currency)
    cross join lateral (
      select date, rate, source from exchange_rates
      where currency = c.currency and date <= ${day}::date order by date desc limit 1) as r
    order by c.currency`);
}

/** Returns a currency's newest rate (1 euro = rate) as a column of a query; null where none is known. */
export const newestRateOf = (currency: SQLWrapper): SQL<string | null> => sql<string | null>`(
  case when ${currency} = 'EUR' then '1' else (
    select trim_scale(known.rate)::text from exchange_rates as known
    where known.currency = ${currency} order by known.date desc limit 1) end)`;

/** Returns the rates nearest to a day: those before it, else those after it; and those of the day itself. */
export async function ratesAround(
  tx: Db,
  { date, rates }: PublishedDay,
): Promise<{ own: Map<string, KnownRate>; nearest: Map<string, KnownRate> }> {
  const rows = await tx.execute<RateRow>(sql`
    select c.currency, r.date::text as date, trim_scale(r.rate)::text as rate, r.source
    from unnest(${`{${[...rates.keys()].join(',')}}`}::text[]) as c (currency)
    cross join lateral (
      (select date, rate, source from exchange_rates where currency = c.currency and date = ${date}::date)
      union all
      (select date, rate, source from exchange_rates where currency = c.currency and date < ${date}::date
        order by date desc limit 1)
      union all
      (select date, rate, source from exchange_rates where currency = c.currency and date > ${date}::date
        order by date limit 1)) as r`);
  const own = new Map<string, KnownRate>();
  const nearest = new Map<string, KnownRate>();
  for (const row of rows) {
    if (row.date === date) own.set(row.currency, row);
    else if (!nearest.has(row.currency) || row.date < date) nearest.set(row.currency, row);
  }
  return { own, nearest };
}

/** Returns the currencies that the source had on its newest day before this one. */
export async function countOfSource(tx: Db, source: string, date: string): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from exchange_rates
    where source = ${source} and date = (
      select max(date) from exchange_rates where source = ${source} and date < ${date}::date)`);
  return row?.count ?? 0;
}

export async function insertRates(tx: Db, day: PublishedDay, now: Date): Promise<number> {
  if (day.rates.size === 0) return 0;
  const { source, date } = day;
  const rows = [...day.rates].map(([currency, rate]) => ({ currency, date, rate, source, storedAt: now }));
  const stored = await tx
    .insert(exchangeRates)
    .values(rows)
    .onConflictDoNothing()
    .returning({ currency: exchangeRates.currency });
  return stored.length;
}

/** Returns the rates held of a day by its source; of all days without one. */
export async function heldDays(db: Db, date?: string): Promise<(PublishedDay & { jumps: Jump[] })[]> {
  const rows = await db.execute<{
    source: string;
    date: string;
    currency: string;
    rate: string;
    former: string | null;
  }>(sql`
    select source, date::text as date, currency, trim_scale(rate)::text as rate, trim_scale(former)::text as former
    from held_exchange_rates
    where ${date ?? null}::date is null or date = ${date ?? null}::date
    order by date, source, currency`);
  return [...Map.groupBy(rows, (row) => `${row.date} ${row.source}`).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    return {
      source: first.source,
      date: first.date,
      rates: new Map(own.map(({ currency, rate }) => [currency, rate])),
      jumps: own.flatMap(({ currency, rate, former }) =>
        former === null ? [] : [{ currency, rate, former }],
      ),
    };
  });
}

export async function hold(tx: Db, day: PublishedDay, jumps: readonly Jump[], now: Date): Promise<void> {
  await dropHeld(tx, day);
  await tx.insert(heldExchangeRates).values(
    [...day.rates].map(([currency, rate]) => ({
      source: day.source,
      date: day.date,
      currency,
      rate,
      former: jumps.find((jump) => jump.currency === currency)?.former ?? null,
      heldAt: now,
    })),
  );
}

/** Deletes what is held of the source's day. Returns how many rates. */
export async function dropHeld(
  tx: Db,
  { source, date }: Pick<PublishedDay, 'source' | 'date'>,
): Promise<number> {
  const gone = await tx.execute(sql`
    delete from held_exchange_rates where source = ${source} and date = ${date}::date returning currency`);
  return gone.length;
}

/** Returns each source's newest day, with how many currencies it has. */
export async function newestDays(db: Db): Promise<{ source: string; date: string; currencies: number }[]> {
  return db.execute<{ source: string; date: string; currencies: number }>(sql`
    select source, date::text as date, count(*)::int as currencies
    from exchange_rates r
    where date = (select max(date) from exchange_rates own where own.source = r.source)
    group by source, date order by date desc, source`);
}

/** Returns the newest day of a source's rates; null: it has none. */
export async function newestDay(db: Db, source: string): Promise<string | null> {
  const [row] = await db.execute<{ date: string | null }>(
    sql`select max(date)::text as date from exchange_rates where source = ${source}`,
  );
  return row?.date ?? null;
}

/** Returns when rates were last stored, for those who derive something from them. */
export async function lastStoredAt(db: Db): Promise<string | null> {
  const [row] = await db.execute<{ at: string | null }>(
    sql`select max(stored_at)::text as at from exchange_rates`,
  );
  return row?.at ?? null;
}

/** Returns how many days old each source's newest rates are (null: none), and how many of its days are held. */
export async function agesOfRates(
  db: Db,
  today: string,
): Promise<{ source: string; age: number | null; held: number }[]> {
  return db.execute<{ source: string; age: number | null; held: number }>(sql`
    select source, max(age)::int as age, sum(held)::int as held from (
      select source, ${today}::date - max(date) as age, 0 as held
      from exchange_rates group by source
      union all
      select source, null, count(distinct date) from held_exchange_rates group by source) as either
    group by source order by source`);
}
