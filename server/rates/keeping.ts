import type { Context } from '#server/context.ts';
import type { PublishedDay } from './formats/published.ts';
import { forgetKeptRates } from './kept.ts';
import * as queries from './queries.ts';
import { faultOf, jumpsOf } from './rules.ts';

type Keeper = Pick<Context, 'db' | 'clock' | 'log'>;

/** What became of a published day. `known`: all of it was there already. `refused`: see `reason`. */
export interface Kept {
  source: string;
  date: string;
  outcome: 'stored' | 'known' | 'held' | 'refused';
  rates: number;
  reason?: string;
}

/**
 * Stores the rates of a day, all or none of them. Idempotent, and never changes a stored rate. Holds the day back if a
 * rate jumps from the nearest one, refuses it if it is only a part or in the future. `taken`: currencies of other sources.
 */
export async function keepDay(
  { db, clock, log }: Keeper,
  published: PublishedDay,
  taken: ReadonlySet<string> = new Set(),
): Promise<Kept> {
  const { source, date } = published;
  const now = clock.now();
  const kept = await db.transaction(async (tx): Promise<Kept> => {
    await queries.lockRates(tx);
    const fault = faultOf(published, await queries.countOfSource(tx, source, date), now);
    if (fault !== null) {
      log.error({ source, date, reason: fault }, 'exchange rates refused');
      return { source, date, outcome: 'refused', rates: 0, reason: fault };
    }
    const rates = new Map([...published.rates].filter(([currency]) => !taken.has(currency)));
    const { own, nearest } = await queries.ratesAround(tx, { ...published, rates });
    for (const [currency, known] of own) {
      const rate = rates.get(currency);
      if (known.source === source && known.rate !== rate)
        log.warn(
          { source, date, currency, stored: known.rate, published: rate },
          'exchange rate changed afterwards',
        );
      rates.delete(currency);
    }
    const day = { source, date, rates };
    if (rates.size === 0) return { source, date, outcome: 'known', rates: 0 };
    const jumps = jumpsOf(day, nearest);
    if (jumps.length > 0) {
      if (!(await isHeldAlready(tx, day))) {
        log.error({ source, date, jumps }, 'exchange rates held: npm run rates -- accept <date>');
        await queries.hold(tx, day, jumps, now);
      }
      return { source, date, outcome: 'held', rates: rates.size };
    }
    await queries.dropHeld(tx, day);
    return { source, date, outcome: 'stored', rates: await queries.insertRates(tx, day, now) };
  });
  forgetKeptRates(db);
  return kept;
}

async function isHeldAlready(tx: Context['db'], day: PublishedDay): Promise<boolean> {
  const held = (await queries.heldDays(tx, day.date)).find(({ source }) => source === day.source);
  return (
    held?.rates.size === day.rates.size &&
    [...day.rates].every(([currency, rate]) => held.rates.get(currency) === rate)
  );
}

/**
 * Lets the held rates of a date pass, then those of other dates that no longer jump. Returns what was stored: nothing if
 * none are held of that date.
 */
export async function acceptHeld(keeper: Keeper, date: string): Promise<Kept[]> {
  const { db, clock, log } = keeper;
  const now = clock.now();
  const accepted = await db.transaction(async (tx) => {
    await queries.lockRates(tx);
    const days = await queries.heldDays(tx, date);
    const kept: Kept[] = [];
    for (const day of days) {
      const rates = await queries.insertRates(tx, day, now);
      await queries.dropHeld(tx, day);
      log.warn({ source: day.source, date, jumps: day.jumps }, 'exchange rates accepted');
      kept.push({ source: day.source, date, outcome: 'stored', rates });
    }
    return kept;
  });
  forgetKeptRates(db);
  if (accepted.length === 0) return [];
  for (const held of await queries.heldDays(db)) {
    const kept = await keepDay(keeper, held);
    if (kept.outcome === 'stored') accepted.push(kept);
  }
  return accepted;
}

/** Forgets the held rates of a date. Returns how many days of sources that were. */
export async function discardHeld({ db }: Pick<Keeper, 'db'>, date: string): Promise<number> {
  return db.transaction(async (tx) => {
    await queries.lockRates(tx);
    const days = await queries.heldDays(tx, date);
    for (const day of days) await queries.dropHeld(tx, day);
    return days.length;
  });
}
