import type { I18n } from '#lib/i18n/i18n.ts';

/** Whole seconds from one instant (ISO 8601) to another in milliseconds; never negative. */
export const secondsSince = (from: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(from)) / 1_000));

/** "6:05", "1:02:09": a length as clocks show it. */
export function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const tail = two(Math.floor(seconds % 60));
  return minutes < 60 ? `${minutes}:${tail}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${tail}`;
}

/** Returns the time alone for today, the day with it for any other. */
export function soon(i18n: I18n, instant: string, now: number): string {
  return i18n.day(instant) === i18n.day(new Date(now).toISOString())
    ? i18n.time(instant)
    : i18n.dateTime(instant);
}
