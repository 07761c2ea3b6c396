import type { PublishedDay } from './formats/published.ts';

/** Rates a fifth or more from the day before wait for a person. */
const jumpPercent = 20n;

/** A document with fewer of the currencies that its source had is only a part of it. */
const wholePercent = 75;

/** A source may name the day after its publication, from which its rates are valid. */
const daysAhead = 4;

export const dayMs = 86_400_000;

export interface KnownRate {
  date: string;
  rate: string;
  source: string;
}

export interface Jump {
  currency: string;
  rate: string;
  former: string;
}

/** Returns the rates that differ by a fifth or more from the nearest known ones. */
export function jumpsOf(day: PublishedDay, nearest: ReadonlyMap<string, KnownRate>): Jump[] {
  return [...day.rates].flatMap(([currency, rate]) => {
    const former = nearest.get(currency)?.rate;
    return former !== undefined && isJump(former, rate) ? [{ currency, rate, former }] : [];
  });
}

function isJump(former: string, rate: string): boolean {
  const [before, after] = [exact(former), exact(rate)];
  const difference = after > before ? after - before : before - after;
  return difference * 100n >= before * jumpPercent;
}

/** In 1/10^8, exactly. */
function exact(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(whole + fraction.slice(0, 8).padEnd(8, '0'));
}

/** Returns why the day can't be used at all, or null. `known`: how many currencies its source has had lately. */
export function faultOf(day: PublishedDay, known: number, now: Date): string | null {
  const latest = new Date(now.getTime() + daysAhead * dayMs).toISOString().slice(0, 10);
  if (day.date > latest) return `${day.date} is in the future`;
  if (day.rates.size * 100 < known * wholePercent)
    return `it has ${day.rates.size} currencies, and ${known} were usual`;
  return null;
}

/** Returns the whole days from a date (YYYY-MM-DD) until now. */
export function ageInDays(date: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(`${date}T00:00:00Z`)) / dayMs);
}

/** Returns the addresses to fetch, and for each where its source keeps history; null: it keeps none there. */
export function sourcesIn(setting: string): { url: string; history: { days: number; url: string }[] }[] {
  return setting
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((given) => {
      const url = new URL(given);
      if (/\/$/.test(url.pathname)) url.pathname += 'eurofxref-daily.xml';
      const history = /eurofxref-daily\.xml$/.test(url.pathname)
        ? [
            { days: 80, url: url.href.replace('eurofxref-daily.xml', 'eurofxref-hist-90d.xml') },
            { days: Infinity, url: url.href.replace('eurofxref-daily.xml', 'eurofxref-hist.xml') },
          ]
        : [];
      return { url: url.href, history };
    });
}
