import { listed } from './text.ts';

/** A longer word is also found as a part of another; its first letters index it. */
const shortestPart = 5;

/**
 * Returns a function that returns the names of the lists of which a heading has a word. Its time grows with the heading
 * rather than with the lists. Words of the lists in `whole` are only found as whole words.
 */
export function vocabularyOf<Name extends string>(
  lists: ReadonlyMap<Name, string>,
  whole: readonly Name[],
): (heading: string) => ReadonlySet<Name> {
  const byWord = new Map<string, Name[]>();
  const byStart = new Map<string, { word: string; name: Name }[]>();
  for (const [name, list] of lists) {
    for (const word of listed(list)) {
      const start = word.slice(0, shortestPart);
      if (word.length < shortestPart || whole.includes(name))
        byWord.set(word, [...(byWord.get(word) ?? []), name]);
      else byStart.set(start, [...(byStart.get(start) ?? []), { word, name }]);
    }
  }
  return (heading) => {
    const found = new Set(heading.split(' ').flatMap((word) => byWord.get(word) ?? []));
    for (let at = 0; at + shortestPart <= heading.length; at += 1)
      for (const { word, name } of byStart.get(heading.slice(at, at + shortestPart)) ?? [])
        if (heading.startsWith(word, at)) found.add(name);
    return found;
  };
}
