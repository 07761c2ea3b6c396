import type { I18n } from '#lib/i18n/i18n.ts';

/** Returns the whole seconds from an instant (ISO 8601) to another (milliseconds), never negative. */
export const secondsSince = (from: string, now: number): number =>
  Math.max(0, Math.floor((now - Date.parse(from)) / 1_000));

/** Returns a duration such as "6:05" or "1:02:09". */
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
