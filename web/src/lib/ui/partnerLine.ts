import { getContext, hasContext, setContext } from 'svelte';

const lines = 8;
const contextKey = Symbol('partner lines');

/** Returns the class of a partner's line colour, `partner-line-1` to `partner-line-8`. */
export type LineOf = (id: string) => string;

/** The place of a partner's own colour. */
const ownPlace = (id: string): number =>
  [...id].reduce((sum, sign) => sum * 7 + sign.charCodeAt(0), 0) % lines;

/** Returns a place for each partner: its own, or the next one that fewer partners before it have. */
function placesOf(ids: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const counts = Array.from({ length: lines }, () => 0);
  const countAt = (place: number) => counts[place] ?? 0;
  for (const id of new Set(ids)) {
    let place = ownPlace(id);
    while (countAt(place) > Math.min(...counts)) place = (place + 1) % lines;
    counts[place] = countAt(place) + 1;
    places.set(id, place);
  }
  return places;
}

/**
 * Returns the colours of a document's partners: the first eight differ, and each has its own, the same in every document,
 * unless a partner before it has that one.
 */
export function linesInOrder(ids: () => readonly string[]): LineOf {
  let known: readonly string[] | undefined;
  let places = new Map<string, number>();
  return (id) => {
    const present = ids();
    if (present !== known) {
      known = present;
      places = placesOf(present);
    }
    return `partner-line-${(places.get(id) ?? ownPlace(id)) + 1}`;
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
