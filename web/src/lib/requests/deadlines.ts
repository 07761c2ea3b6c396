import { cityOf, deadlineIn } from '#server/common/zones.ts';
import type { I18n } from '#lib/i18n/i18n.ts';

/** Returns the city by which a time zone is named, in the reader's language. */
export const cityText = (i18n: Pick<I18n, 'find'>, timeZone: string): string =>
  i18n.find(`city.${cityOf(timeZone)}`) ?? cityOf(timeZone);

/** Returns a deadline (ISO 8601) in the zone it was set in, so that every reader gets the same day: "2 Dec 2026, 24:00 (London)". */
export function deadlineText(i18n: Pick<I18n, 'find' | 'date'>, iso: string, setIn: string): string {
  const { day, time } = deadlineIn(setIn, new Date(iso));
  return `${i18n.date(day)}, ${time} (${cityText(i18n, setIn)})`;
}
