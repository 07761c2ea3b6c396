import { Temporal } from 'temporal-polyfill';

/** Returns the date at an instant in a time zone (IANA name). */
export const dateIn = (timeZone: string, at: Date): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

/**
 * Returns the instant of a local date and time ("HH:MM[:SS]"). A time skipped by daylight saving is moved forward, an
 * ambiguous one is the earlier.
 */
export function instantAt(date: Temporal.PlainDate, time: string, timeZone: string): Date {
  return instantOf(date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }));
}

/** Returns the day of the week (ISO: Monday is 1). */
export const weekdayIn = (timeZone: string, at: Date): number => dateIn(timeZone, at).dayOfWeek;

/** Returns the first instant after a day ("2026-03-29") in a time zone, which isn't always midnight. */
export function endOfDay(day: string, timeZone: string): Date {
  return instantOf(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone));
}

/** Returns the same time of day some days later in a time zone, whatever daylight saving does in between. */
export const daysAfter = (at: Date, days: number, timeZone: string): Date =>
  instantOf(Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).add({ days }));

const instantOf = (zoned: Temporal.ZonedDateTime): Date => new Date(zoned.epochMilliseconds);
