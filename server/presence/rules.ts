import type { Declared } from './schema.ts';

/** A page that dies without a word is noticed when its lease runs out: renewed in time, it never does. */
export const leaseSeconds = 35;
export const renewSeconds = 12;
/** An agent whose last page went may come back, by reload or on another network, before anyone sees it offline. */
export const graceSeconds = 20;

/** Calls in a row that an agent doesn't answer before calls go elsewhere. */
export const missesUntilUnreachable = 2;

const longestPhoneMs = 24 * 3_600_000;

/** What is wrong with the end of a phone window; null when it may be: ahead, within a day, and only for `available`. */
export function phoneWindowFault(
  declared: Declared,
  until: Date | null,
  now: Date,
): 'not_allowed' | 'time_not_ahead' | null {
  if (until === null) return null;
  if (declared !== 'available') return 'not_allowed';
  const aheadMs = until.getTime() - now.getTime();
  return aheadMs > 0 && aheadMs <= longestPhoneMs ? null : 'time_not_ahead';
}

/** One working day of the week: ISO weekday (Monday is 1), local times "HH:MM" or "HH:MM:SS". */
export interface WorkingDay {
  weekday: number;
  opens: string;
  closes: string;
}

const dayMs = 86_400_000;

/**
 * When the agent's next working day begins, after `now`; null without working days. The hours are local ones of the
 * IANA zone: a start that the change to summer time skips is as much later, one that happens twice is the first.
 */
export function worksFrom(days: readonly WorkingDay[], timeZone: string, now: Date): Date | null {
  if (days.length === 0) return null;
  const today = localTime(now, timeZone);
  const midnight = Math.floor(today / dayMs) * dayMs;
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const date = midnight + ahead * dayMs;
    const weekday = new Date(date).getUTCDay() || 7;
    const day = days.find((one) => one.weekday === weekday);
    if (!day) continue;
    const opens = instantOf(date + sinceMidnight(day.opens), timeZone);
    if (opens > now) return opens;
  }
  return null;
}

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in the zone show at an instant, as milliseconds as if it were UTC. */
function localTime(at: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    formats.set(timeZone, format);
  }
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] = format
    .format(at)
    .split(/\D+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The first instant at which clocks in the zone show this local time, or would without the skipped hour. */
function instantOf(local: number, timeZone: string): Date {
  const offsetAt = (at: number) => localTime(new Date(at), timeZone) - Math.floor(at / 1000) * 1000;
  // The offsets that may hold: a day before and a day after, on either side of a change.
  const before = offsetAt(local - dayMs);
  const after = offsetAt(local + dayMs);
  const early = local - before;
  if (offsetAt(early) === before) return new Date(early);
  const late = local - after;
  return new Date(offsetAt(late) === after ? late : early);
}
