import type { FieldError } from '#server/platform/errors.ts';
import { fold } from '#server/platform/fold.ts';
import { ownWords } from './words.ts';

/** NIST SP 800-63B-4, 3.1.1.2: a length and nothing about which characters. */
const shortest = 8;
const longest = 128;

/** Returns why the length of a new password is wrong, or null. Characters are Unicode's. */
export function lengthError(path: string, password: string): FieldError | null {
  const { length } = Array.from(password);
  if (length === 0) return { path, code: 'required', message: 'is required' };
  if (length < shortest) return { path, code: 'too_short', message: `has fewer than ${shortest} characters` };
  if (length > longest) return { path, code: 'too_long', message: `has more than ${longest} characters` };
  return null;
}

/** The shortest part of a name or address that counts. */
const shortestPart = 3;

/**
 * Returns whether guessing would begin with this password: it is in the list, is one of its words or of the words around
 * the person with digits and signs before or behind, or repeats one. Case, diacritics and script don't count.
 */
export function isCommon(
  password: string,
  about: readonly string[],
  { list }: { list: ReadonlySet<string> },
): boolean {
  const isKnown = (text: string): boolean => list.has(text) || ownWords.has(text);
  const text = fold(password);
  if (isKnown(password.toLowerCase()) || isKnown(text) || isKnown(bare(text))) return true;
  const unit = /^(.+?)\1+$/su.exec(text)?.[1];
  if (unit !== undefined && (Array.from(unit).length <= shortestPart || isKnown(unit) || isKnown(bare(unit))))
    return true;
  return isMadeOf(text, partsOf(about));
}

/** Returns the text without digits and signs at its ends. */
const bare = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/** Returns the words of names and addresses, folded, the longest first. */
function partsOf(about: readonly string[]): string[] {
  const words = about.flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u));
  return [...new Set(words)]
    .filter((word) => word.length >= shortestPart)
    .sort((one, other) => other.length - one.length);
}

/** Returns whether nothing but digits and signs is left of a text without these words. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const left = words.reduce((rest, word) => rest.replaceAll(word, ' '), text);
  return left !== text && !/\p{L}/u.test(left);
}
