import { dateIn, instantAt } from '#server/platform/zones.ts';
import type { Declared } from './schema.ts';

/** A page that ends without closing its connection counts as open until its lease expires. */
export const leaseSeconds = 35;
export const renewSeconds = 12;
/** Time for a page to reconnect after a reload or a change of network before its agent is shown offline. */
export const graceSeconds = 20;

/** The number of unanswered calls in a row that makes an agent unreachable. */
export const missesUntilUnreachable = 2;

const longestPhoneMs = 24 * 3_600_000;

/** Returns why a phone window can't end at that time, or null. It needs `available` and an end within a day. */
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

/** `weekday`: ISO, Monday is 1. Local times "HH:MM" or "HH:MM:SS". */
export interface WorkingDay {
  weekday: number;
  opens: string;
  closes: string;
}

/** Returns when the agent's next working day begins, by hours in the IANA zone; null without working days. */
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
