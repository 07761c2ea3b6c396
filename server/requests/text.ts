import { refuse } from '#server/platform/errors.ts';

/** One line without control characters: what may stand in a mail's header, too. */
export function cleanLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** Several lines; of the control characters only line ends and tabs stay. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, '')
    .trim();
}

/** Returns the cleaned text. Refuses `invalid_input`, naming the field, when nothing is left of it. */
export function requireText(field: string, typed: string): string {
  const text = cleanText(typed);
  if (text) return text;
  throw refuse('invalid_input', { errors: [{ path: field, code: 'required', message: 'is required' }] });
}
