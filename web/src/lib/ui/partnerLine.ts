import { getContext, hasContext, setContext } from 'svelte';

const lines = 8;
const contextKey = Symbol('partner lines');

/** Returns the classes of a partner's line: its colour, and how it is drawn where others of the document have that colour. */
export type LineOf = (id: string) => string;

/** The place of a partner's own colour. */
const ownPlace = (id: string): number =>
  [...id].reduce((sum, sign) => sum * 7 + sign.charCodeAt(0), 0) % lines;

/** In how many ways lines of one colour are drawn. */
const drawings = 4;

/** A partner's colour in a document, and how many partners before it have that colour there. */
interface Line {
  place: number;
  rank: number;
}

/** Gives each partner its own colour, or, once all drawings of that are taken, the colour that fewest have. */
function linesOf(ids: readonly string[]): Map<string, Line> {
  const counts = Array<number>(lines).fill(0);
  const countAt = (place: number) => counts[place] ?? 0;
  return new Map(
    [...new Set(ids)].map((id) => {
      const own = ownPlace(id);
      const place = countAt(own) < drawings ? own : counts.indexOf(Math.min(...counts));
      const rank = countAt(place);
      counts[place] = rank + 1;
      return [id, { place, rank }];
    }),
  );
}

/**
 * Returns the lines of a document's partners. A partner has its own colour in every document, unless all drawings of that
 * colour are taken by partners before it. Lines look different until every colour is drawn in every way.
 */
export function linesInOrder(ids: () => readonly string[]): LineOf {
  let known: readonly string[] | undefined;
  let found = new Map<string, Line>();
  return (id) => {
    const present = ids();
    if (present !== known) {
      known = present;
      found = linesOf(present);
    }
    const { place, rank } = found.get(id) ?? { place: ownPlace(id), rank: 0 };
    return `partner-line-${place + 1} partner-line--${rank % drawings}`;
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
