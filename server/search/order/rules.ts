/** Signs that separate words of names. */
export const separators = `,;:.()[]{}"'/|-_+*&`;

const separated = new RegExp(`[${separators.replace(/[\]\\^-]/g, '\\$&')}]`, 'g');

/** Returns a folded text with a space in place of each separator, without those at its ends; empty if it has nothing else. */
export function withoutSeparators(text: string): string {
  return text.replace(separated, ' ').trim();
}

/** Returns the words of a text between spaces, so that it includes those of another where they are whole. */
export function separatedWords(text: string): string {
  return ` ${text.replace(separated, ' ').trim()} `;
}
