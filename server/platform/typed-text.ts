import { refuse } from './errors.ts';

/** Returns one line without control characters, safe for a mail header. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** Returns the text without control characters, except line ends and tabs. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, '')
    .trim();
}

/** Returns the cleaned text. Refuses `invalid_input`, naming the field, if it is empty. */
export function requireText(field: string, typed: string): string {
  const text = cleanText(typed);
  if (text) return text;
  throw refuse('invalid_input', { errors: [{ path: field, code: 'required', message: 'is required' }] });
}
