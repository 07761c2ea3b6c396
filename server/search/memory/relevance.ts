import type { ParsedSearch } from '../rules.ts';
import { type Bits, count, intersect, isEmpty, subtract } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { placesOf } from './matching.ts';
import type { Parts } from './parts.ts';
import type { Scratch } from './scratch.ts';

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
  }: Pick<ParsedSearch, 'words' | 'wholeCode' | 'codes' | 'page' | 'perPage'>,
  matches: Bits,
): number[] {
  const found: number[] = [];
  let offset = (page - 1) * perPage;
  for (const group of groups(catalogue, parts, { words, wholeCode, codes }, matches)) {
    const number = count(group);
    if (offset < number) found.push(...catalogue.byLength.page(group, offset, perPage - found.length));
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
): Iterable<Bits> {
  if (isEmpty(matches)) return;
  const { scratch } = catalogue;
  const left = scratch.copyOf(matches);
  const places = placesOf(catalogue, parts, wanted.words, matches);
  for (const coded of [...codesFound(catalogue, wanted), null]) {
    const ranked = coded ?? left;
    if (coded) intersect(ranked, left);
    if (isEmpty(ranked)) continue;
    const [inName, rest] = split(scratch, ranked, places.name);
    yield* placed(scratch, inName, places.firstInName, places.wholeInName);
    yield* placed(scratch, rest, places.firstInText, places.wholeInText);
    if (coded) subtract(left, ranked);
  }
}

/** Yields products whose words are read as typed first, in each those where they are whole. */
function* placed(scratch: Scratch, products: Bits, first: Bits | null, whole: Bits | null): Iterable<Bits> {
  for (const half of first ? split(scratch, products, first) : [products]) {
    if (isEmpty(half)) continue;
    if (whole) yield* split(scratch, half, whole);
    else yield half;
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
