import { type Bits, clear, count, erase, intersect, membersOf, unite } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { Parts, PartSets } from './parts.ts';
import type { Word } from '../rules.ts';
import { withoutSeparators } from '../order/rules.ts';

/** The number of words that must be whole, or as they are read first, to come first; and that may be codes. */
const comparedWords = 8;
/** So few products are asked for further words themselves, which is faster than finding all that contain them. */
const fewProducts = 64;

const encoder = new TextEncoder();

/** Returns the products that contain every word. */
export function productsWithAll(catalogue: Catalogue, parts: Parts, words: readonly Word[]): Bits {
  const { scratch, documents } = catalogue;
  const all = scratch.copyOf(documents.live);
  const any = scratch.empty();
  for (const [index, { readings, codes }] of words.entries()) {
    const left = count(all);
    if (left === 0) break;
    const begun = index < comparedWords ? codes : [];
    if (left <= fewProducts && begun.length === 0) {
      keepHolding(catalogue, all, readings, 'text');
      continue;
    }
    uniteReadings(parts, any, readings, 'text');
    for (const code of begun) catalogue.codes.uniteBeginning(any, code);
    intersect(all, any);
  }
  return all;
}

/** Makes a set the products that contain any of the readings. */
function uniteReadings(parts: Parts, bits: Bits, readings: readonly string[], which: keyof PartSets): void {
  clear(bits);
  for (const reading of readings) unite(bits, parts.withPart(reading)[which]);
}

/** Erases products without any of the readings, by looking at the words of each. */
function keepHolding(
  { documents }: Catalogue,
  bits: Bits,
  readings: readonly string[],
  where: 'name' | 'text',
): void {
  const sought = readings.map((reading) => encoder.encode(reading));
  const holds = (word: number) => sought.some((bytes) => documents.texts.contains(word, bytes));
  for (const slot of membersOf(bits)) {
    const { inName, others } = documents.wordsOf(slot, where === 'text');
    if (!inName.some(holds) && !others.some(holds)) erase(bits, slot);
  }
}

/** Which of the matches come first; null: all are the same. */
interface Places {
  name: Bits;
  firstInName: Bits | null;
  firstInText: Bits | null;
  wholeInName: Bits | null;
  wholeInText: Bits | null;
}

/**
 * Returns the sets in which matches without a better code are placed: names before the rest, readings of đ as dj before d,
 * whole words before parts. They are for matches only.
 */
export function placesOf(catalogue: Catalogue, parts: Parts, words: readonly Word[], matches: Bits): Places {
  const compared = words.slice(0, comparedWords).map(({ readings }) => readings);
  const ambiguous = compared
    .filter((readings) => readings.length > 1)
    .map((readings) => readings.slice(0, 1));
  const whole = compared
    .map((readings) => readings.filter((reading) => withoutSeparators(reading) !== ''))
    .filter((readings) => readings.length > 0);
  return {
    name: namedSo(catalogue, parts, words, matches),
    firstInName: allOf(catalogue, parts, ambiguous, 'name'),
    firstInText: allOf(catalogue, parts, ambiguous, 'text'),
    wholeInName: allOf(catalogue, parts, whole, 'wholeName'),
    wholeInText: allOf(catalogue, parts, whole, 'wholeText'),
  };
}

/** Returns the matches whose names contain every word; none for no words. */
export function namedSo(catalogue: Catalogue, parts: Parts, words: readonly Word[], matches: Bits): Bits {
  const { scratch } = catalogue;
  if (words.length === 0) return scratch.empty();
  const named = scratch.copyOf(matches);
  const any = scratch.empty();
  for (const { readings } of words) {
    const left = count(named);
    if (left === 0) break;
    if (left <= fewProducts) {
      keepHolding(catalogue, named, readings, 'name');
      continue;
    }
    uniteReadings(parts, any, readings, 'name');
    intersect(named, any);
  }
  return named;
}

/** Returns what is in any reading of each word; null for no words. */
function allOf(
  { scratch }: Catalogue,
  parts: Parts,
  words: readonly (readonly string[])[],
  which: keyof PartSets,
): Bits | null {
  const [first, ...others] = words;
  if (!first) return null;
  const all = scratch.empty();
  uniteReadings(parts, all, first, which);
  if (others.length === 0) return all;
  const any = scratch.empty();
  for (const readings of others) {
    uniteReadings(parts, any, readings, which);
    intersect(all, any);
  }
  return all;
}
