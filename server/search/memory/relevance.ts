import type { ParsedSearch } from '../rules.ts';
import { type Bits, count, intersect, isEmpty, subtract } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { headTest, pageByHead } from './heads.ts';
import { placesOf } from './matching.ts';
import type { Parts } from './parts.ts';
import type { Scratch } from './scratch.ts';

/** Products of one place, and a test for those that come first in it. */
interface Group {
  products: Bits;
  isFirst?: (slot: number) => boolean;
}

/** Returns the slots of a page of matches: exact codes, beginnings of codes, names, the rest; in each the shortest names first. */
export function pageByRelevance(
  catalogue: Catalogue,
  parts: Parts,
  {
    words,
    wholeCode,
    codes,
    page,
    perPage,
    reach,
  }: Pick<ParsedSearch, 'words' | 'wholeCode' | 'codes' | 'page' | 'perPage' | 'reach'>,
  matches: Bits,
): number[] {
  const found: number[] = [];
  let offset = (page - 1) * perPage;
  for (const { products, isFirst } of groups(catalogue, parts, { words, wholeCode, codes }, matches)) {
    const number = count(products);
    const limit = perPage - found.length;
    if (offset < number) {
      const page = isFirst
        ? pageByHead(catalogue, products, isFirst, { offset, limit, reach })
        : catalogue.byLength.page(products, offset, limit);
      found.push(...page);
    }
    if (found.length === perPage) break;
    offset = Math.max(0, offset - number);
  }
  return found;
}

function* groups(
  catalogue: Catalogue,
  parts: Parts,
  wanted: Pick<ParsedSearch, 'words' | 'wholeCode' | 'codes'>,
  matches: Bits,
): Iterable<Group> {
  if (isEmpty(matches)) return;
  const { scratch } = catalogue;
  const left = scratch.copyOf(matches);
  const places = placesOf(catalogue, parts, wanted.words, matches);
  const isWhole = headTest(catalogue, wanted.words, true);
  const isPart = headTest(catalogue, wanted.words, false);
  for (const coded of [...codesFound(catalogue, wanted), null]) {
    const ranked = coded ?? left;
    if (coded) intersect(ranked, left);
    if (isEmpty(ranked)) continue;
    const [inName, rest] = split(scratch, ranked, places.name);
    yield* placed(scratch, inName, places.firstInName, places.wholeInName, [isWhole, isPart]);
    yield* placed(scratch, rest, places.firstInText, places.wholeInText);
    if (coded) subtract(left, ranked);
  }
}

/** Yields products whose words are read as typed first, in each those where they are whole. */
function* placed(
  scratch: Scratch,
  products: Bits,
  first: Bits | null,
  whole: Bits | null,
  tests: Group['isFirst'][] = [],
): Iterable<Group> {
  for (const half of first ? split(scratch, products, first) : [products]) {
    if (isEmpty(half)) continue;
    const parts = whole ? split(scratch, half, whole) : [half];
    yield* parts.map((part, at) => {
      const isFirst = tests[at];
      return { products: part, ...(isFirst && { isFirst }) };
    });
  }
}

function split(scratch: Scratch, products: Bits, by: Bits): [Bits, Bits] {
  const [inside, outside] = [scratch.copyOf(products), scratch.copyOf(products)];
  intersect(inside, by);
  subtract(outside, by);
  return [inside, outside];
}

/** Returns the products with a whole code, and those with the beginning of one. */
function codesFound(
  { codes: index, scratch }: Catalogue,
  { words, wholeCode, codes }: Pick<ParsedSearch, 'words' | 'wholeCode' | 'codes'>,
): [Bits, Bits] {
  const [whole, begun] = [scratch.empty(), scratch.empty()];
  index.uniteWhole(whole, codes);
  if (wholeCode !== '') index.uniteWritten(begun, wholeCode);
  for (const key of new Set(words.flatMap((word) => word.codes))) {
    index.uniteSame(whole, key);
    index.uniteBeginning(begun, key);
  }
  return [whole, begun];
}
