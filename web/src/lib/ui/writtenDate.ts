import { dateText } from '#lib/i18n/formats.ts';

/** Returns the day in a date field in the reader's language; empty if it holds none. */
export const writtenDate = (tag: string, typed: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? dateText(tag, typed) : '';
