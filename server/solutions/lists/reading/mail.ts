import * as phrases from '../words/phrases.ts';
import type { Line } from './delimited.ts';
import type { ReadRow } from './row.ts';
import { listed, wordsOf } from './text.ts';

/** Returns the row from which on a mail is signed. */
export function signatureOf(lines: readonly Line[]): number {
  const farewells = listed(phrases.farewells);
  const signed = lines.find(({ raw }) => {
    const words = wordsOf(raw.slice(0, 100));
    return farewells.some((farewell) => words.startsWith(farewell));
  });
  return signed?.row ?? Infinity;
}

/** Lines over an older mail: "-----Original Message-----", "Am 23.11.2026 schrieb Petra Kos:". */
const isOlderMail = (raw: string): boolean =>
  /^[-_\s]{0,20}(?:original message|ursprüngliche nachricht|originalnachricht|originalna poruka|původní zpráva|oryginalna wiadomość|message d'origine|mensaje original|messaggio originale)/iu.test(
    raw.trim(),
  ) ||
  /^(?:on|am|dana|dne|le|el|il|w dniu)\s.{4,80}\s(?:wrote|schrieb.*|je napisa\S*|napsal\S*|a écrit|escribió|ha scritto|napisał\S*)\s?:$/iu.test(
    raw.trim().slice(0, 200),
  );

/**
 * Asks about the rows of an older mail below a new one that orders something itself: they may be ordered already, or
 * replaced. A mail that is only forwarded is read as it is.
 */
export function withoutOlderMails(rows: ReadRow[]): ReadRow[] {
  const from = rows.findIndex(({ raw }) => raw.length < 500 && isOlderMail(raw));
  if (from < 0) return rows;
  const orders = ({ ids, skipped }: ReadRow): boolean => ids.length > 0 && skipped === null;
  if (!rows.slice(0, from).some(orders)) return rows;
  return rows.map((row, nth) =>
    nth > from && orders(row) ? { ...row, quantity: null, doubt: row.doubt ?? 'quantity_unclear' } : row,
  );
}
