/** The number of words that must be whole, or in the head of the name, to come first. */
export const comparedWords = 8;

/** Signs that separate words of names. */
export const separators = `,;:.()[]{}"'/|-_+*&`;

const any = `[${separators.replace(/[\]\\^-]/g, '\\$&')}]`;
const separated = new RegExp(any, 'g');
const atEnds = new RegExp(`^${any}+|${any}+$`, 'g');

/** Returns a folded text with a space in place of each separator, without those at its ends; empty if it has nothing else. */
export function withoutSeparators(text: string): string {
  return text.replace(separated, ' ').trim();
}

/** Returns a folded text without the separators at its ends. */
export const withoutEnds = (text: string): string => text.replace(atEnds, '');
