import { madeOnce } from '#server/common/made-once.ts';

/** Formats that pages with and without a framework share. */

export const dateFormat = madeOnce(
  (tag: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options),
);

/** A share such as 0.046 as a signed percentage, with a true minus sign in every language. */
export const changeText = (tag: string, share: number): string =>
  new Intl.NumberFormat(tag, { style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 1 })
    .format(share)
    .replace('-', '−');

export const shortDay = { weekday: 'short', day: 'numeric', month: 'short' } as const;

/** A calendar day, `YYYY-MM-DD`, which has no time zone. */
export const dateText = (tag: string, isoDate: string): string =>
  dateFormat(tag, { ...shortDay, year: 'numeric', timeZone: 'UTC' }).format(new Date(`${isoDate}T00:00:00Z`));

/** The time of day of a moment (ISO 8601); UTC is named, because it is only assumed. */
export const timeText = (tag: string, timeZone: string, iso: string): string =>
  dateFormat(tag, clock(timeZone)).format(new Date(iso));

export const clock = (timeZone: string): Intl.DateTimeFormatOptions => ({
  hour: '2-digit',
  minute: '2-digit',
  timeZone,
  ...(timeZone === 'UTC' && { timeZoneName: 'short' }),
});
