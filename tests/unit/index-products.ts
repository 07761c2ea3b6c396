import { searchTexts } from '#server/catalog/indexing.ts';
import type { IndexedProduct, Surroundings } from '#server/search/memory/port.ts';
import { seeded } from './seeded.ts';

/* Products by chance, the same in each run. */

export const draw = seeded(11);
export const pick = <T>(list: readonly T[]): T => list[draw(list.length)] as T;
export const some = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

export const syllables = [
  'ca',
  'ble',
  'bol',
  't',
  'sen',
  'sor',
  'đa',
  'k',
  'm8',
  'usb',
  '-',
  '/',
  'c',
  'ж',
  '铝',
  '1',
  '24v',
  'x',
];
export const vocabulary = some(120, () => some(1 + draw(4), () => pick(syllables)).join(''));
export const surroundings: Surroundings = {
  categories: [1, 2, 3].map((id) => ({
    id,
    parentId: id === 1 ? null : 1,
    level: id === 1 ? 1 : 2,
    name: `Category ${id}`,
    path: `Category ${id}`,
    slugPath: id === 1 ? 'one' : `one/${id}`,
    lineage: id === 1 ? [1] : [1, id],
    names: {},
    paths: {},
    namesFolded: '',
  })),
  vendors: [1, 2, 3, 4].map((id) => ({
    id,
    slug: `vendor-${id}`,
    name: `Vendor ${id}`,
    nameFolded: `vendor ${id}`,
  })),
  attributeValues: [1, 2, 3, 4, 5, 6].map((id) => ({
    id,
    name: id % 2 === 0 ? 'Colour' : 'Length',
    value: `${id} mm`,
  })),
  attributeTranslations: [],
  rates: new Map([['USD', 1.25]]),
};

export function productOf(id: number): IndexedProduct {
  const name = some(1 + draw(5), () => pick(vocabulary)).join(' ');
  const code = `${pick(['AB', 'X-', 'm8/', '24'])}${draw(500)}${pick(['', '-C', '/1'])}`;
  const tags = some(draw(3), () => pick(vocabulary));
  const offers = some(1 + draw(2), () => ({
    vendorId: 1 + draw(4),
    price: draw(5) === 0 ? null : (draw(100_000) / 100).toFixed(4),
    currency: pick(['EUR', 'USD', 'CHF']),
    stock: pick([null, 0, 7]),
  }));
  const texts = searchTexts({
    name,
    code,
    skus: [`S${id}`],
    eans: [],
    tags,
    vendorNames: offers.map(({ vendorId }) => `Vendor ${vendorId}`),
    categoryPath: 'Parts',
  });
  const priced = offers.flatMap(({ price, currency }) =>
    price === null || currency === 'CHF' ? [] : [Number(price) / (currency === 'USD' ? 1.25 : 1)],
  );
  return {
    ...texts,
    id,
    name,
    code,
    tags,
    offers,
    categoryId: 1 + draw(3),
    kind: pick(['product', 'service'] as const),
    attributeIds: [...new Set(some(draw(4), () => 1 + draw(6)))],
    sortPrice: priced.length > 0 ? Math.min(...priced) : null,
  };
}
