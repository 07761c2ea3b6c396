const lines = 8;

/** Returns the class of a partner's line colour, `partner-line-1` to `partner-line-8`: always the same for one id. */
export function partnerLine(id: string): string {
  let hash = 2166136261;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return `partner-line-${((hash >>> 0) % lines) + 1}`;
}

/** Returns two letters for the tile: the initials of the first two words, or the first two letters of one word. */
export function monogram(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters =
    words.length > 1 ? words.slice(0, 2).map((word) => first(word, 1)) : [first(words[0] ?? '?', 2)];
  return letters.join('').toUpperCase();
}

const first = (word: string, count: number): string => [...word].slice(0, count).join('');
