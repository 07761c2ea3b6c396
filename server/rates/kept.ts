import { LRUCache } from 'lru-cache';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { DatedRates } from './conversion.ts';
import { ratesOn } from './stored.ts';

/** Rates come once a day; nobody misses new ones for so long. */
const keptMs = 30_000;

/** Days that are asked for at one time: today, and those on which requests were sent. */
const mostDays = 100;

interface Kept {
  at: number;
  rates: Promise<DatedRates | null>;
}

const keptOf = new WeakMap<Db, LRUCache<string, Kept>>();

/**
 * Returns what `ratesOn` returns, at most 30 seconds old, for what is only shown. What is written down with its rates reads
 * them again, in its transaction.
 */
export function keptRatesOn(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  day: string,
): Promise<DatedRates | null> {
  const days = keptOf.get(db) ?? new LRUCache<string, Kept>({ max: mostDays });
  keptOf.set(db, days);
  const now = clock.now().getTime();
  const kept = days.get(day);
  if (kept && Math.abs(now - kept.at) < keptMs) return kept.rates;
  const rates = ratesOn(db, day);
  days.set(day, { at: now, rates });
  // The next one asks again.
  rates.catch(() => days.delete(day));
  return rates;
}

/** Lets this process show new rates at once; others do within those 30 seconds. */
export const forgetKeptRates = (db: Db): void => void keptOf.delete(db);
