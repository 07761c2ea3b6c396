import { misspeltWords } from '../near/rules.ts';
import type { ParsedSearch } from '../rules.ts';
import { type Bits, has, insert, intersect, isEmpty, membersOf, unite } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { Filtering } from './filtering.ts';
import type { Parts, PartSets } from './parts.ts';

const mostReturned = 40;
const wordSign = /[\p{L}\p{N}_]/u;

interface Near {
  /** Nearest first. */
  slots: number[];
  /** The words that they contain instead of the entered ones. */
  words: string[];
}

/** Where a typed word occurs as it is, and where words similar to it do. */
interface Likeness {
  typed: PartSets;
  similarInName: Bits;
  similarInText: Bits;
}

/**
 * Returns products that pass the filters and have words within a typo (or two) of the entered ones; if none has all of
 * them, those with most.
 */
export function nearMisses(
  catalogue: Catalogue,
  parts: Parts,
  { words }: ParsedSearch,
  filtering: Filtering,
): Near {
  const compared = misspeltWords(words);
  const similar = compared.map(({ word }) =>
    catalogue.nearWords.similarTo(word, { ...catalogue, texts: catalogue.documents.texts }),
  );
  const likenesses = compared.map(({ word }, index) =>
    likenessOf(catalogue, parts.withPart(word), similar[index] ?? []),
  );
  const passing = filtering.passing();
  const [all, some] = [catalogue.scratch.copyOf(passing), catalogue.scratch.empty()];
  for (const { typed, similarInText } of likenesses) {
    const either = catalogue.scratch.copyOf(typed.text);
    unite(either, similarInText);
    intersect(all, either);
    unite(some, either);
  }
  intersect(some, passing);
  if (compared.length === 0) return { slots: [], words: [] };
  return { slots: likest(catalogue, likenesses, isEmpty(all) ? some : all), words: similar.flat() };
}

function likenessOf(
  { grams, documents, inName, inText, scratch }: Catalogue,
  typed: PartSets,
  similar: readonly string[],
): Likeness {
  const [similarInName, similarInText] = [scratch.empty(), scratch.empty()];
  for (const word of similar) {
    for (const number of grams.textsWith(word)) {
      if (inText.countOf(number) === 0 || !isWholeIn(documents.texts.textOf(number), word)) continue;
      inText.uniteInto(similarInText, number);
      inName.uniteInto(similarInName, number);
    }
  }
  return { typed, similarInName, similarInText };
}

/** Returns whether no letter or digit is beside a word in a text. */
function isWholeIn(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const after = String.fromCodePoint(text.codePointAt(at + word.length) ?? 32);
    if (!wordSign.test(text.slice(0, at).at(-1) ?? ' ') && !wordSign.test(after)) return true;
  }
  return false;
}

/** Sorts by where each word occurs: as typed or similar, in the name or elsewhere; then shorter names first. */
function likest(catalogue: Catalogue, likenesses: readonly Likeness[], products: Bits): number[] {
  const byLikeness: Bits[] = [];
  for (const slot of membersOf(products)) {
    let sum = 0;
    for (const { typed, similarInName, similarInText } of likenesses) {
      if (has(typed.name, slot)) sum += 6;
      else if (has(typed.text, slot)) sum += 5;
      else if (has(similarInName, slot)) sum += 4;
      else if (has(similarInText, slot)) sum += 3;
    }
    const bits = (byLikeness[sum] ??= catalogue.scratch.empty());
    insert(bits, slot);
  }
  const found: number[] = [];
  for (const bits of byLikeness.toReversed()) {
    if (bits) found.push(...catalogue.byLength.page(bits, 0, mostReturned - found.length));
  }
  return found;
}
