import { type Bits, intersect, isEmpty, unite } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import type { Parts, PartSets } from './parts.ts';
import type { Word } from '../rules.ts';
import type { Scratch } from './scratch.ts';
import { withoutSeparators } from '../order/rules.ts';

/** The number of words that must be whole, or as they are read first, to come first; and that may be codes. */
export const comparedWords = 8;

/** Returns the products that contain every word. */
export function productsWithAll(catalogue: Catalogue, parts: Parts, words: readonly Word[]): Bits {
  const all = catalogue.scratch.copyOf(catalogue.documents.live);
  for (const [index, { readings, codes }] of words.entries()) {
    const sets = readings.map((reading) => parts.withPart(reading).text);
    const begun = index < comparedWords ? codes : [];
    intersect(
      all,
      sets.length === 1 && begun.length === 0 ? (sets[0] ?? all) : withCodes(catalogue, sets, begun),
    );
    if (isEmpty(all)) break;
  }
  return all;
}

function withCodes({ codes, scratch }: Catalogue, sets: readonly Bits[], begun: readonly string[]): Bits {
  const any = scratch.empty();
  for (const set of sets) unite(any, set);
  for (const code of begun) codes.uniteBeginning(any, code);
  return any;
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
export function placesOf(scratch: Scratch, parts: Parts, words: readonly Word[]): Places {
  const sets = words.map(({ readings }) => readings.map((reading) => parts.withPart(reading)));
  const compared = sets.slice(0, comparedWords);
  const ambiguous = compared
    .filter((readings) => readings.length > 1)
    .map((readings) => readings.slice(0, 1));
  const separable = words.slice(0, comparedWords).map(({ readings }) => readings.map(withoutSeparators));
  const whole = compared
    .map((readings, word) => readings.filter((_, reading) => separable[word]?.[reading] !== ''))
    .filter((readings) => readings.length > 0);
  return {
    name: allOf(scratch, sets, 'name') ?? scratch.empty(),
    firstInName: allOf(scratch, ambiguous, 'name'),
    firstInText: allOf(scratch, ambiguous, 'text'),
    wholeInName: allOf(scratch, whole, 'wholeName'),
    wholeInText: allOf(scratch, whole, 'wholeText'),
  };
}

/** Returns what is in any reading of each word; null for no words. */
function allOf(
  scratch: Scratch,
  words: readonly (readonly PartSets[])[],
  which: keyof PartSets,
): Bits | null {
  let all: Bits | null = null;
  for (const readings of words) {
    const any = readings[0] ? scratch.copyOf(readings[0][which]) : scratch.empty();
    for (const reading of readings.slice(1)) unite(any, reading[which]);
    if (all === null) all = any;
    else intersect(all, any);
  }
  return all;
}
