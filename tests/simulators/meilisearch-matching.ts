import type { SearchParams, Settings } from 'meilisearch';

export type IndexDocument = Record<string, string | number | string[]> & { id: number };
export type Found = Partial<IndexDocument>;

/**
 * Returns the documents that a query finds, by the rules of Meilisearch's documentation: words match whole, the last
 * one as a prefix; typos count by Damerau-Levenshtein, those of the first letter twice; quotes make a phrase, a dash
 * excludes; at most ten words. With `last`, words are dropped from the end. Ordered by fewest dropped words, fewest
 * typos, then the order of searchable attributes.
 */
export function matching(documents: IndexDocument[], asked: SearchParams, settings: Settings): Found[] {
  const { q, limit = 20, matchingStrategy = 'last', attributesToRetrieve = ['*'] } = asked;
  const { phrases, without, words } = parse(q ?? '');
  const counts = matchingStrategy === 'all' ? [words.length] : words.map((_, index) => words.length - index);
  const found = new Map<IndexDocument, number[]>();
  const left = documents.filter(
    (document) =>
      phrases.every((phrase) => textsOf(document, settings).some(({ text }) => text.includes(phrase))) &&
      !without.some((word) =>
        textsOf(document, settings).some((field) => wordsOf(field.text).includes(word)),
      ),
  );
  for (const count of counts.length > 0 ? counts : [0]) {
    for (const document of left) {
      if (found.has(document)) continue;
      const matches = words.slice(0, count).map((word, index) => {
        return best(document, word, index === words.length - 1, settings);
      });
      if (!matches.every((match) => match !== null)) continue;
      const sum = (of: (match: Match) => number) => matches.reduce((total, match) => total + of(match), 0);
      found.set(document, [-count, sum((match) => match.typos), sum((match) => match.attribute)]);
    }
  }
  const orders = (asked.sort ?? []).map((order) => order.split(':'));
  return [...found]
    .sort(([a, ranksOfA], [b, ranksOfB]) => {
      const sorted = orders.map(
        ([name = '', way]) => (Number(a[name]) - Number(b[name])) * (way === 'desc' ? -1 : 1),
      );
      const ranked = ranksOfA.map((rank, index) => rank - (ranksOfB[index] ?? 0));
      return [...ranked, ...sorted].find((difference) => difference !== 0) ?? 0;
    })
    .slice(0, limit)
    .map(([document]) =>
      attributesToRetrieve.includes('*')
        ? document
        : Object.fromEntries(attributesToRetrieve.map((name) => [name, document[name]])),
    );
}

function parse(q: string): { phrases: string[]; without: string[]; words: string[] } {
  const phrases = [...q.matchAll(/"([^"]*)"?/g)].map(([, phrase = '']) => phrase.toLowerCase());
  const parts = q.replace(/"[^"]*"?/g, ' ').split(/\s+/);
  return {
    phrases,
    without: parts.filter((part) => /^-./.test(part)).flatMap(wordsOf),
    words: parts
      .filter((part) => !part.startsWith('-'))
      .flatMap(wordsOf)
      .slice(0, 10),
  };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function textsOf(document: IndexDocument, settings: Settings): { name: string; text: string }[] {
  return (settings.searchableAttributes ?? []).map((name) => ({
    name,
    text: [document[name] ?? ''].flat().join(' . ').toLowerCase(),
  }));
}

interface Match {
  typos: number;
  attribute: number;
}

function best(document: IndexDocument, word: string, isLast: boolean, settings: Settings): Match | null {
  const { enabled, minWordSizeForTypos, disableOnAttributes } = settings.typoTolerance ?? {};
  const allowed =
    !enabled || word.length < (minWordSizeForTypos?.oneTypo ?? 5)
      ? 0
      : word.length < (minWordSizeForTypos?.twoTypos ?? 9)
        ? 1
        : 2;
  const matches = textsOf(document, settings).flatMap(({ name, text }, attribute) =>
    wordsOf(text).flatMap((candidate): Match[] => {
      const most = disableOnAttributes?.includes(name) ? 0 : allowed;
      const lengths = isLast ? [word.length - 1, word.length, word.length + 1] : [candidate.length];
      const typos = Math.min(...lengths.map((length) => distance(word, candidate.slice(0, length))));
      return typos <= most ? [{ typos, attribute }] : [];
    }),
  );
  return matches.sort((a, b) => a.typos - b.typos || a.attribute - b.attribute)[0] ?? null;
}

/** Returns the Damerau-Levenshtein distance, plus one for another first letter. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i]);
  const at = (i: number, j: number) => rows[i]?.[j] ?? i + j;
  for (let i = 0; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      if (i === 0) rows[0]?.push(j);
      else {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        const ways = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same];
        rows[i]?.push(Math.min(...ways, swapped ? at(i - 2, j - 2) + 1 : Infinity));
      }
    }
  }
  return at(a.length, b.length) + (a[0] === b[0] ? 0 : 1);
}
