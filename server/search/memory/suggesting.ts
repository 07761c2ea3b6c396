import type { Suggested } from '../port.ts';
import type { ParsedText, Word } from '../rules.ts';
import {
  considered,
  mostTags,
  ofFamily,
  shownCodes,
  shownOthers,
  shownProducts,
  shownTags,
} from '../suggestions/limits.ts';
import { fold } from '#server/platform/fold.ts';
import { type Bits, count, membersOf } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { categoryRef, countsOfAll } from './category-facet.ts';
import { compareTexts } from './codes.ts';
import { namedSo, productsWithAll } from './matching.ts';
import type { Parts } from './parts.ts';
import { smallest } from './smallest.ts';

/** Returns suggestions by the rules of `suggestions/queries.ts`. */
export function suggestionsFor(catalogue: Catalogue, parts: Parts, typed: ParsedText): Suggested {
  const { words } = typed;
  const matches = productsWithAll(catalogue, parts, words);
  const named = namedSo(catalogue, parts, words, matches);
  return {
    products: productsFor(catalogue, typed, named),
    categories: categoriesFor(catalogue, typed),
    tags: tagsOf(catalogue, matches, words),
    vendors: vendorsFor(catalogue, typed),
  };
}

interface Candidate {
  slot: number;
  place: number;
  byCode: boolean;
}

function productsFor(catalogue: Catalogue, typed: ParsedText, named: Bits): Suggested['products'] {
  const coded = codedProducts(catalogue, typed);
  const ranked = rankByName(catalogue, typed, shortest(catalogue, named));
  const taken = new Set(coded);
  const candidates: Candidate[] = [
    ...coded.map((slot, place) => ({ slot, place, byCode: true })),
    ...ranked.filter((slot) => !taken.has(slot)).map((slot, place) => ({ slot, place, byCode: false })),
  ];
  const { documents } = catalogue;
  const twins = new Map<string, number>();
  const numbered = candidates.map((candidate) => {
    const { slot, byCode } = candidate;
    const family = familyOf(documents.nameFoldedOf(slot));
    const key = `${byCode} ${documents.categories[slot]} ${family}`;
    const twin = (twins.get(key) ?? 0) + 1;
    twins.set(key, twin);
    return { ...candidate, twin };
  });
  const byTwin = (a: (typeof numbered)[number], b: (typeof numbered)[number]) =>
    a.twin - b.twin || a.place - b.place;
  const best = [
    ...numbered
      .filter(({ byCode }) => byCode)
      .slice(0, shownCodes)
      .toSorted(byTwin),
    ...numbered
      .filter(({ byCode, twin }) => !byCode && twin <= ofFamily)
      .toSorted(byTwin)
      .slice(0, shownProducts),
  ];
  return best.map(({ slot, byCode }) => ({
    id: String(documents.ids[slot]),
    code: documents.shownOf(slot).code,
    name: documents.shownOf(slot).name,
    byCode,
  }));
}

/** Returns the products with codes that begin with the text, in the order of the codes. */
function codedProducts({ codes, documents }: Catalogue, { wholeCode, codes: keys }: ParsedText): number[] {
  const most = 4 * shownCodes;
  const written = codes
    .firstWritten(wholeCode, most)
    .flatMap((code) => [...codes.productsOf(code)])
    .slice(0, most);
  const byOwnCode = smallest(codes.productsBeginning(keys), shownCodes, (a, b) => {
    const order = compareTexts(documents.codeOf(a), documents.codeOf(b));
    return order || (documents.ids[a] ?? 0) - (documents.ids[b] ?? 0);
  });
  return [...new Set([...written, ...byOwnCode])];
}

function shortest({ byLength }: Catalogue, products: Bits): number[] {
  return count(products) <= considered
    ? [...byLength.inOrder(membersOf(products))]
    : byLength.page(products, 0, considered);
}

/** Sorts products, which come with the shortest name first, by how their names and categories begin. */
function rankByName(
  { documents, tables }: Catalogue,
  { words, wholeCode }: ParsedText,
  slots: readonly number[],
): number[] {
  const isOfKind = tables.categories.map(
    (category) => category !== undefined && slugHas(category.slugPath, words, '-'),
  );
  const score = (slot: number) => {
    const name = documents.nameFoldedOf(slot);
    return (
      (isOfKind[documents.categories[slot] ?? 0] ? 4 : 0) +
      (name.startsWith(wholeCode) ? 2 : 0) +
      (beginsWords(name, words) ? 1 : 0)
    );
  };
  return slots
    .map((slot) => ({ slot, score: score(slot) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ slot }) => slot);
}

/** Returns whether each word begins a word of a name. */
function beginsWords(name: string, words: readonly Word[]): boolean {
  const padded = ` ${name}`;
  return words
    .slice(0, 8)
    .every(({ readings }) => readings.some((reading) => padded.includes(` ${reading}`)));
}

/** Returns what the names of a family begin with: two words without digits. */
function familyOf(name: string): string {
  return name
    .split(' ')
    .filter((word) => !/\d/.test(word))
    .slice(0, 2)
    .join(' ');
}

function categoriesFor(catalogue: Catalogue, { words, locale }: ParsedText): Suggested['categories'] {
  const { tables } = catalogue;
  const found = tables.categories
    .map((category, index) => ({ category, index }))
    .filter(
      ({ category }) =>
        category &&
        (slugHas(category.slugPath, words) ||
          (category.namesFolded !== '' && hasWords(category.namesFolded, words))),
    );
  if (found.length === 0) return [];
  const counts = countsOfAll(catalogue);
  return found
    .flatMap(({ category, index }) => (category ? [{ category, productCount: counts[index] ?? 0 }] : []))
    .filter(({ productCount }) => productCount > 0)
    .toSorted((a, b) => b.productCount - a.productCount || a.category.id - b.category.id)
    .slice(0, shownOthers)
    .map(({ category, productCount }) => ({ ...categoryRef(category, locale), productCount }));
}

/** Returns whether the last part of a slug path contains every word, with `before` in front. */
function slugHas(slugPath: string, words: readonly Word[], before = ''): boolean {
  const last = `-${slugPath.slice(slugPath.lastIndexOf('/') + 1)}`;
  return words.slice(0, 8).every(({ readings }) =>
    readings.some((reading) => {
      const slug = reading.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
      return last.includes(before + slug);
    }),
  );
}

function hasWords(text: string, words: readonly Word[]): boolean {
  return words.every(({ readings }) => readings.some((reading) => text.includes(reading)));
}

/** Returns the most common tags that contain every word, of the matches with the shortest names. */
function tagsOf(catalogue: Catalogue, matches: Bits, words: readonly Word[]): string[] {
  const { documents } = catalogue;
  const counts = new Map<number, number>();
  for (const slot of shortest(catalogue, matches)) {
    for (const tag of documents.listOf(documents.tags, slot)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  return [...counts]
    .map(([tag, number]) => ({ tag: documents.tagTexts.textOf(tag), number }))
    .toSorted((a, b) => b.number - a.number || compareTexts(a.tag, b.tag))
    .slice(0, mostTags)
    .filter(({ tag }) => hasWords(fold(tag), words))
    .slice(0, shownTags)
    .map(({ tag }) => tag);
}

function vendorsFor({ tables }: Catalogue, { words, wholeCode }: ParsedText): Suggested['vendors'] {
  const begins = (name: string) => Number(name.startsWith(wholeCode));
  return tables.vendors
    .filter((vendor) => vendor !== undefined)
    .filter(({ nameFolded }) => hasWords(nameFolded, words))
    .toSorted(
      (a, b) =>
        begins(b.nameFolded) - begins(a.nameFolded) ||
        compareTexts(a.nameFolded, b.nameFolded) ||
        a.id - b.id,
    )
    .slice(0, shownOthers)
    .map(({ id, name, slug }) => ({ id: String(id), name, slug }));
}
