import { dateIn, instantAt } from '#server/platform/zones.ts';
import type { Declared } from './schema.ts';

/** A page that dies silently is noticed when its lease expires. */
export const leaseSeconds = 35;
export const renewSeconds = 12;
/** Time for an agent's last page to come back, after a reload or a change of network, before they show as offline. */
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

/**
 * Returns when the agent's next working day begins, after `now`; null without working days. The hours are local ones of
 * the IANA zone.
 */
export function worksFrom(days: readonly WorkingDay[], timeZone: string, now: Date): Date | null {
  if (days.length === 0) return null;
  const today = dateIn(timeZone, now);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const date = today.add({ days: ahead });
    const day = days.find((one) => one.weekday === date.dayOfWeek);
    const opens = day && instantAt(date, day.opens, timeZone);
    if (opens && opens > now) return opens;
  }
  return null;
}
