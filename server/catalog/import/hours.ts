import type { WorkingHours } from '#server/vendors/service.ts';
import { RowRefused } from './refusal.ts';

const form = /^([1-7])(?:-([1-7]))? (([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/**
 * Parses "1-4 08:00-16:00; 5 08:00-13:00" into a row per day. Null for an empty text. Throws RowRefused for other texts
 * and for repeated days.
 */
export function readHours(text: string | null): WorkingHours[] | null {
  if (!text?.trim()) return null;
  const hours = text.split(';').flatMap((part) => {
    const [, first = '', last = first, opens = '', , closes = ''] = form.exec(part.trim()) ?? [];
    const days = Array.from({ length: Number(last) - Number(first) + 1 }, (_, day) => Number(first) + day);
    if (!first || days.length === 0 || opens >= closes) {
      throw new RowRefused(`hours "${part.trim()}" are not like "1-5 08:00-16:00"`);
    }
    return days.map((weekday) => ({ weekday, opens, closes }));
  });
  if (new Set(hours.map(({ weekday }) => weekday)).size < hours.length) {
    throw new RowRefused(`hours "${text}" name a day twice`);
  }
  return hours;
}
