import { getContext, hasContext, setContext } from 'svelte';

const lines = 8;
const contextKey = Symbol('partner lines');

/** Returns the class of a partner's line colour, `partner-line-1` to `partner-line-8`. */
export type LineOf = (id: string) => string;

/** Returns colours by the order of appearance: the first eight partners of a document differ. */
export function linesInOrder(ids: () => readonly string[]): LineOf {
  let known: readonly string[] | undefined;
  let places = new Map<string, number>();
  return (id) => {
    const present = ids();
    if (present !== known) {
      known = present;
      places = new Map([...new Set(present)].map((each, index) => [each, index]));
    }
    return `partner-line-${((places.get(id) ?? places.size) % lines) + 1}`;
  };
}

/** Called by a page or document while it is set up; `ids` are its partners in the order in which they appear. */
export const providePartnerLines = (ids: () => readonly string[]): LineOf =>
  setContext(contextKey, linesInOrder(ids));

/** Returns the colours of the document around the component; a partner that appears alone has the first one. */
export const usePartnerLine = (): LineOf =>
  hasContext(contextKey) ? getContext<LineOf>(contextKey) : linesInOrder(() => []);

/** Returns two letters for the tile: the initials of the first two words, or the first two letters of one word. */
export function monogram(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => first(word, 1)) : [first(words[0] ?? '?', 2)];
  return letters.join('').toUpperCase();
}

const first = (word: string, count: number): string => [...word].slice(0, count).join('');
