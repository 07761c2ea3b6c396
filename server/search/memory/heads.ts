import { comparedWords, withoutEnds } from '../order/rules.ts';
import type { Word } from '../rules.ts';
import { type Bits, count } from './bits.ts';
import type { Catalogue } from './catalogue.ts';

/** So many are looked at first: mostly the page is full by then. */
const fewCompared = 256;

const encoder = new TextEncoder();
const [comma, semicolon, bracket] = [...encoder.encode(',;(')];

/** Returns whether the head of a product's name, see `order/queries.ts`, contains every word, `whole` ones or parts. */
export function headTest(
  { documents }: Catalogue,
  words: readonly Word[],
  whole: boolean,
): (slot: number) => boolean {
  const { texts } = documents;
  const sought = words
    .slice(0, comparedWords)
    .map(({ readings }) => readings.map(withoutEnds).filter(Boolean))
    .filter((readings) => readings.length > 0)
    .map((readings) => readings.map((reading) => encoder.encode(reading)));
  const all = 2 ** sought.length - 1;
  // Names share their words.
  const held = new Map<number, number>();
  const heldBy = (text: number): number => {
    const known = held.get(text);
    if (known !== undefined) return known;
    const holds = (part: Uint8Array) =>
      whole ? texts.containsWhole(text, part) : texts.contains(text, part);
    const found = sought.reduce((sum, parts, at) => sum + (parts.some(holds) ? 2 ** at : 0), 0);
    held.set(text, found);
    return found;
  };
  return (slot) => {
    let found = 0;
    for (const [at, text] of documents.wordsOf(slot, false).inName.entries()) {
      const bytes = texts.bytesOf(text);
      if (at > 0 && bytes[0] === bracket) break;
      found |= heldBy(text);
      const last = bytes.at(-1);
      if (found === all || last === comma || last === semicolon) break;
    }
    return found === all;
  };
}

/**
 * Returns a page of products by the length of their names, those that pass the test first. Of more than `reach`, those with
 * the shortest names are compared, as in PostgreSQL.
 */
export function pageByHead(
  { byLength }: Catalogue,
  products: Bits,
  isFirst: (slot: number) => boolean,
  { offset, limit, reach }: { offset: number; limit: number; reach: number },
): number[] {
  const end = offset + limit;
  for (const most of [Math.min(fewCompared, reach), reach]) {
    const compared = byLength.page(products, 0, most);
    const first = compared.filter(isFirst);
    const isComplete = compared.length < most || most === reach;
    if (first.length < end && !isComplete) continue;
    const others = first.length < end ? compared.filter((slot) => !isFirst(slot)) : [];
    const page = [...first, ...others].slice(offset, end);
    const missing = Math.min(end, count(products)) - Math.max(offset, compared.length);
    return missing > 0 && first.length < end
      ? [...page, ...byLength.page(products, Math.max(offset, compared.length), missing)]
      : page;
  }
  return [];
}
