import type { KnownNumber } from '#server/dev/schema.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
const mostPhones = 12;

/**
 * Returns a typed number without spaces and punctuation, or null without a country prefix.
 */
export function numberOf(typed: string): string | null {
  const text = typed.trim().replace(/^00/, '+');
  if (!/^\+[\d\s().\-/]+$/.test(text)) return null;
  const number = `+${text.replace(/\D/g, '')}`;
  return e164.test(number) ? number : null;
}

/** Returns the phones that a URL opens: `?open=+420200000991,+381110002042`, with the plus encoded or not. */
export function numbersIn(query: URLSearchParams): string[] {
  const given = (query.get('open') ?? '').split(',').map((part) => `+${part.replace(/\D/g, '')}`);
  return [...new Set(given)].filter((number) => e164.test(number)).slice(0, mostPhones);
}

/** Returns the URL of the page with these phones open. */
export const addressWith = (opened: readonly string[]): string =>
  opened.length > 0 ? `/dev/phones?open=${opened.map(encodeURIComponent).join(',')}` : '/dev/phones';

/** Returns the phones whose number, name or company contains the typed text. */
export function matching<Row extends Pick<KnownNumber, 'number' | 'name' | 'vendor'>>(
  rows: readonly Row[],
  typed: string,
): Row[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  const digits = typed.replace(/\D/g, '');
  return rows.filter(
    ({ number, name, vendor }) =>
      (digits.length > 2 && number.includes(digits)) ||
      words.every((word) => plain(`${name} ${vendor ?? ''}`).includes(word)),
  );
}

/** Returns a text in lower case without accents, so that "horakova" finds Horáková. */
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'dj').toLowerCase();
