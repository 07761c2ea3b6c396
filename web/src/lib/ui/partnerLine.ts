import { getContext, hasContext, setContext } from 'svelte';

const lines = 8;
const contextKey = Symbol('partner lines');

/** Returns the classes of a partner's line: its colour, and how it is drawn where others of the document have that colour. */
export type LineOf = (id: string) => string;

/** The place of a partner's own colour. */
const ownPlace = (id: string): number =>
  [...id].reduce((sum, sign) => sum * 7 + sign.charCodeAt(0), 0) % lines;

/** Returns how many partners before each have its colour. */
function ranksOf(ids: readonly string[]): Map<string, number> {
  const counts: number[] = [];
  return new Map(
    [...new Set(ids)].map((id) => {
      const place = ownPlace(id);
      const rank = counts[place] ?? 0;
      counts[place] = rank + 1;
      return [id, rank];
    }),
  );
}

/**
 * Returns the lines of a document's partners. Each has its own colour, the same in every document. The lines of the
 * first four of one colour are drawn in different ways, which repeat after them.
 */
export function linesInOrder(ids: () => readonly string[]): LineOf {
  let known: readonly string[] | undefined;
  let ranks = new Map<string, number>();
  return (id) => {
    const present = ids();
    if (present !== known) {
      known = present;
      ranks = ranksOf(present);
    }
    return `partner-line-${ownPlace(id) + 1} partner-line--${ranks.get(id) ?? 0}`;
  };
}

/** Called by a page or document while it is set up; `ids` are its partners in the order in which they appear. */
export const providePartnerLines = (ids: () => readonly string[]): LineOf =>
  setContext(contextKey, linesInOrder(ids));

/** Returns the colours of the document around the component; a partner that appears alone has its own. */
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
