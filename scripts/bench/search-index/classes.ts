import type { SearchQuery } from '#server/search/schema.ts';
import type { IndexedProduct } from '#server/search/memory/port.ts';

type Query = Partial<SearchQuery>;

export interface Samples {
  searches: Record<string, Query[]>;
  suggestions: Record<string, string[]>;
}

const common = ['cable', 'black', 'resistor', 'smd', 'capacitor', 'usb', 'power', 'hp', 'connector', 'white'];

/** Returns what people search for, picked evenly from products. */
export function samplesOf(products: readonly IndexedProduct[]): Samples {
  const at = (index: number) => products[(index * 7) % products.length];
  const words = products.flatMap(({ name }) => name.split(/\s+/)).filter((word) => /^\p{L}{4,}$/u.test(word));
  const wordAt = (index: number) => words[(index * 37) % words.length] ?? '';
  const some = <T>(make: (index: number) => T, count = 40): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const texts = (made: string[], more: Query = {}): Query[] => made.map((q) => ({ q, ...more }));
  const code = (index: number) => at(index)?.code ?? '';
  const categories = [...new Set(some((index) => String(at(index)?.categoryId ?? 1)))];
  const first = (count: number) =>
    some((index) => (at(index)?.name ?? '').split(/\s+/).slice(0, count).join(' '));
  return {
    searches: {
      'code, whole': texts(some(code)),
      'code, beginning': texts(some((index) => code(index).slice(0, 5))),
      'code, part': texts(some((index) => code(index).slice(2, 7))),
      'one word': texts(some(wordAt)),
      'two words': texts(first(2)),
      'three words': texts(first(3)),
      'five words': texts(first(5)),
      'common words': texts(common),
      'two common words': texts(
        common.map((word, index) => `${word} ${common[(index + 3) % common.length]}`),
      ),
      'parts of three letters': texts(['abl', 'res', 'con', 'ist', 'ack', 'ter', 'ing', 'ode']),
      'two parts of four letters': texts(['able blac', 'sist ohms', 'apac volt', 'onne pitc', 'owe dapt']),
      'one or two letters': texts(['a', 'e', 'm8', 'hp', 'ac', '5v', 'x', 'zz', '±', 'Ω']),
      'rare words': texts(some((index) => `${wordAt(index)} ${code(index).slice(0, 6)}`)),
      'near misses': texts(some((index) => wordAt(index).replace(/(.)(.)(.)$/u, '$2$1$3'), 20)),
      nonsense: texts(['qqqxxyy', 'zzzwwwqq', 'xkcdvvqj', 'q%w_z']),
      'common word, in stock': texts(common, { inStock: true }),
      'common word, by price': texts(common, { sort: 'price_asc' }),
      'common word, by name': texts(common, { sort: 'name' }),
      'common word, page 500': texts(common, { page: 500 }),
      'common word, by price, page 500': texts(common, { page: 500, sort: 'price_asc' }),
      'common word in a category': common.flatMap((q) =>
        categories.slice(0, 4).map((category) => ({ q, category })),
      ),
      'common word of a vendor': common.flatMap((q) =>
        ['hp', 'c2g', 'vishay'].map((vendor) => ({ q, vendor })),
      ),
      'common word, price range': texts(common, { priceMin: '10', priceMax: '100' }),
      'price range': [{ priceMin: '10', priceMax: '100' }],
      'price range, by price': [{ priceMin: '10', priceMax: '100', sort: 'price_desc' }],
      'word with an attribute': ['cable', 'monitor', 'resistor'].map(
        (q) => ({ q, 'attr.Product colour': 'Black' }) as Query,
      ),
      category: categories.map((category) => ({ category })),
      'wide category': ['01', '03', '05', '08'].map((category) => ({ category })),
      'category, page 400': ['01', '03', '05', '08'].map((category) => ({ category, page: 400 })),
      vendor: ['hp', 'c2g', 'vishay'].map((vendor) => ({ vendor })),
      everything: [{}],
      'everything, page 40,000': [{ page: 40_000 }],
    },
    suggestions: {
      'suggestions, two letters': some((index) => wordAt(index).slice(0, 2)),
      'suggestions, three letters': some((index) => wordAt(index).slice(0, 3)),
      'suggestions, five letters': some((index) => wordAt(index).slice(0, 5)),
      'suggestions, two words': first(2),
      'suggestions, code': some((index) => code(index).slice(0, 5)),
    },
  };
}
