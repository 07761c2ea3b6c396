import { Temporal } from 'temporal-polyfill';

/** Returns the date that calendars in a time zone (IANA name) show at an instant. */
export const dateIn = (timeZone: string, at: Date): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();

/**
 * Returns the instant at which clocks in a time zone show `time` ("HH:MM[:SS]") on a date. A time that a change of the
 * clock skips is as much later, one that happens twice is the first.
 */
export function instantAt(date: Temporal.PlainDate, time: string, timeZone: string): Date {
  return instantOf(date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }));
}

/** Returns the first instant after a day ("2026-03-29") in a time zone, which need not be a midnight. */
export function endOfDay(day: string, timeZone: string): Date {
  return instantOf(Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone));
}

const instantOf = (zoned: Temporal.ZonedDateTime): Date => new Date(zoned.epochMilliseconds);
