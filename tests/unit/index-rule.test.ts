import { expect, test } from 'vitest';
import { compactCode, fold } from '#server/platform/fold.ts';
import { createMemoryIndex } from '#server/search/memory/memory-index.ts';
import type { IndexedProduct } from '#server/search/memory/port.ts';
import { parseSearch, parseText, type ParsedSearch, type Word } from '#server/search/rules.ts';
import type { SearchQuery } from '#server/search/schema.ts';
import { draw, pick, productOf, some, surroundings, vocabulary } from './index-products.ts';

/* The index against a search of every product by the plain words of the rule (spec A3), while products change. */

function hasWord(text: string, { readings }: Word): boolean {
  return readings.some((reading) => text.includes(reading));
}

const signs = /[,;:.()[\]{}"'/|_+*&-]/g;
const padded = (text: string) => ` ${text} `;
const parted = (text: string) => text.replace(signs, ' ').trim();

/** Returns the place of a product among the matches: by code, by name, by readings, by whole words. */
function placeOf({ nameFolded, searchText, codes }: IndexedProduct, wanted: ParsedSearch): number {
  const rank = wanted.codes.some((code) => codes.includes(code))
    ? 0
    : codes.some((code) => code.startsWith(wanted.wholeCode))
      ? 1
      : 2;
  const isInName = wanted.words.every((word) => hasWord(nameFolded, word));
  const text = isInName ? nameFolded : searchText;
  const compared = wanted.words.slice(0, 8);
  const isFirst = compared.every(({ readings }) => readings.length === 1 || text.includes(readings[0] ?? ''));
  const isWhole = compared.every(({ readings }) => {
    const shaped = readings.filter((reading) => parted(reading) !== '');
    if (shaped.length === 0) return true;
    return isInName
      ? shaped.some((reading) =>
          nameFolded
            .split(' ')
            .some((word) => word.includes(reading) && padded(parted(word)).includes(padded(parted(reading)))),
        )
      : shaped.some((reading) => padded(searchText).includes(padded(reading)));
  });
  return 8 * rank + (isInName ? 0 : 4) + (isFirst ? 0 : 2) + (isWhole ? 0 : 1);
}

function isWanted(product: IndexedProduct, wanted: ParsedSearch): boolean {
  const { kind, inStock, vendors, prices, attributes, category } = wanted.filters;
  const offer = product.offers.some(
    ({ vendorId, price, currency, stock }) =>
      (vendors.length === 0 || vendors.includes(`vendor-${vendorId}`)) &&
      (!inStock || (stock ?? 0) > 0) &&
      (prices === null ||
        prices.some(
          (range) =>
            range.currency === currency && price !== null && +price >= +range.low && +price <= +range.high,
        )),
  );
  const inCategory = category === undefined || category === 'one' || category === `one/${product.categoryId}`;
  const hasAttributes = attributes.every(({ values }) =>
    product.attributeIds.some((id) => values.includes(surroundings.attributeValues[id - 1]?.value ?? '')),
  );
  return offer && inCategory && hasAttributes && (kind === undefined || kind === product.kind);
}

/** Returns the ids of all matches in order. */
function bruteForce(products: Iterable<IndexedProduct>, wanted: ParsedSearch): string[] {
  const matches = [...products].filter(
    (product) => wanted.words.every((word) => hasWord(product.searchText, word)) && isWanted(product, wanted),
  );
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const place = new Map(matches.map((product) => [product.id, placeOf(product, wanted)]));
  const byName = (a: IndexedProduct, b: IndexedProduct) => text(a.nameFolded, b.nameFolded) || a.id - b.id;
  const byRelevance = (a: IndexedProduct, b: IndexedProduct) =>
    (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0) ||
    [...a.nameFolded].length - [...b.nameFolded].length ||
    byName(a, b);
  const isByName = wanted.sort === 'name' || wanted.words.length === 0;
  return matches.toSorted(isByName ? byName : byRelevance).map(({ id }) => String(id));
}

const queries = (products: ReadonlyMap<number, IndexedProduct>): Partial<SearchQuery>[] => {
  const word = () => pick(vocabulary);
  const part = () => [...word()].slice(draw(2), 1 + draw(4)).join('');
  const q = pick([
    word,
    part,
    () => `${word()} ${part()}`,
    () => `${part()} ${part()} ${word()}`,
    () => '',
    () => `AB${draw(40)}`,
    // Many words of one product, of which the others soon lack some.
    () => {
      const words = pick([...products.values()]).searchText.split(' ');
      return some(2 + draw(14), () => pick(words)).join(' ');
    },
  ])();
  const filter = pick<Partial<SearchQuery>>([
    {},
    {},
    { kind: 'service' },
    { vendor: 'vendor-2' },
    { vendor: ['vendor-1', 'vendor-4'], inStock: true },
    { category: 'one/2' },
    { priceMin: '10', priceMax: '400.5' },
    { 'attr.Colour': ['2 mm', '6 mm'] } as Partial<SearchQuery>,
  ]);
  return [{ q, ...filter, sort: pick(['relevance', 'relevance', 'name'] as const) }];
};

test('every search finds what the rule says, in its order, on every page, while products change', () => {
  const index = createMemoryIndex();
  index.surround(surroundings);
  const products = new Map<number, IndexedProduct>();
  const change = (count: number) => {
    for (let step = 0; step < count; step += 1) {
      const id = 1 + draw(3_000);
      if (draw(3) === 0) {
        products.delete(id);
        index.remove([id]);
      } else {
        const known = products.get(id);
        const product =
          known && draw(2) === 0
            ? { ...known, sortPrice: draw(100), kind: 'product' as const }
            : productOf(id);
        products.set(id, product);
        index.put([product]);
      }
    }
  };
  for (const changes of [2_000, 1, 30, 400, 5, 3_000, 60]) {
    change(changes);
    for (const query of some(60, () => queries(products)).flat()) {
      const prices =
        query.priceMin === undefined
          ? null
          : ['EUR', 'USD'].map((currency) => ({ currency, low: '10', high: '400.5' }));
      const parse = (page: number, perPage: number) =>
        parseSearch({ q: '', sort: 'relevance', ...query, page, perPage }, undefined, prices);
      const all = bruteForce(products.values(), parse(1, 1));
      // Words that nothing contains are read in other ways, which the contract of engines tests.
      if (all.length === 0) continue;
      const first = index.find(parse(1, 25));
      expect([first.total, first.near, first.totalIsFloor], JSON.stringify(query)).toEqual([
        all.length,
        false,
        false,
      ]);
      expect(first.ids, JSON.stringify(query)).toEqual(all.slice(0, 25));
      const last = Math.ceil(all.length / 25);
      expect(index.find(parse(last, 25)).ids, JSON.stringify(query)).toEqual(all.slice(25 * (last - 1)));
    }
    expect(index.sizes().products).toBe(products.size);
  }
});

test('codes are compared without separators only when nothing holds the words as typed', () => {
  const index = createMemoryIndex();
  index.surround(surroundings);
  const products = some(400, () => 0).map((_, at) => productOf(at + 1));
  index.put(products);
  for (const { code } of products.slice(0, 60)) {
    const typed = compactCode(code);
    const wanted = parseSearch({ q: typed, sort: 'relevance', page: 1, perPage: 100 });
    const asTyped = products.filter(({ searchText }) => searchText.includes(fold(typed)));
    const begun = products.filter(({ codes }) => codes.some((own) => compactCode(own).startsWith(typed)));
    const expected = asTyped.length > 0 || typed.length < 5 ? asTyped : begun;
    if (expected.length === 0) continue;
    const found = index.find(wanted);
    expect(found.ids.toSorted(), typed).toEqual(expected.map(({ id }) => String(id)).toSorted());
  }
});

test('values of attributes that come later are offered and filtered by', () => {
  const index = createMemoryIndex();
  index.surround({ ...surroundings, attributeValues: surroundings.attributeValues.slice(0, 2) });
  index.put(some(200, () => 0).map((_, at) => ({ ...productOf(at + 1), attributeIds: [1 + (at % 6)] })));
  const search = (more: object) =>
    index.find(parseSearch({ q: '', sort: 'relevance', page: 1, perPage: 1, ...more }));
  expect(search({}).facets.attributes).toEqual([]);
  index.addAttributeValues(surroundings.attributeValues.slice(2));
  expect(search({}).facets.attributes.map(({ key, values }) => [key, values.length])).toEqual([
    ['Length', 3],
    ['Colour', 3],
  ]);
  expect(search({ 'attr.colour': '6 mm' }).total).toBe(33);
});

test('an index without products answers everything', () => {
  const index = createMemoryIndex();
  for (const q of ['', 'cable', 'a', 'đ', '铝 x']) {
    const found = index.find(parseSearch({ q, sort: 'relevance', page: 1, perPage: 20 }));
    expect(found).toMatchObject({ ids: [], total: 0, near: false });
  }
  index.remove([1]);
  expect(index.sizes().products).toBe(0);
});

test('suggested categories have the number of their products, also after products moved and went', () => {
  const index = createMemoryIndex();
  index.surround(surroundings);
  const products = some(90, () => 0).map((_, at) => ({ ...productOf(at + 1), categoryId: 2 }));
  index.put(products);
  index.put(products.slice(0, 30).map((product) => ({ ...product, categoryId: 3 })));
  index.remove([1, 2, 90, 91]);
  const { categories } = index.suggest(parseText('one'));
  expect(categories.map(({ slugPath, productCount }) => [slugPath, productCount])).toEqual([['one', 87]]);
  const inside = [2, 3].map((id) => index.suggest(parseText(String(id))).categories[0]?.productCount);
  expect(inside).toEqual([59, 28]);
});
