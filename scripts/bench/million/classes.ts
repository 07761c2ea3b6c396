import postgres from 'postgres';

/** Paths to request, by kind of search. */
export type Classes = Record<string, string[]>;

interface Sample {
  name: string;
  code: string;
  vendor: string;
  attribute: [string, string] | null;
}

/** Words that many products have, by the catalogue that is multiplied. */
const common = ['cable', 'black', 'adapter', 'mount', 'printer', 'connector', 'battery', 'module'];
const rare = [
  'thunderbolt',
  'encoder',
  'barometer',
  'gyroscope',
  'stylus',
  'projector lens',
  'docking',
  'hygrometer',
];
const cyrillic = ['кабл', 'мотор', 'сензор', 'принтер', 'адаптер', 'релеј'];

/** Returns searches as people make them, picked evenly from the catalogue, so that each run makes the same. */
export async function classesOf(databaseUrl: string): Promise<Classes> {
  const sql = postgres(databaseUrl, { max: 1 });
  const samples = await sql<Sample[]>`
    with step as (select greatest(max(id) / 400, 1) as ids from products)
    select p.name, p.code, v.slug as vendor, p.attributes -> 0 as attribute
    from step, generate_series(1, 400) as place
    cross join lateral (select * from products where id >= place * ids and offered order by id limit 1) as p
    join lateral (select vendor_id from live_offers where product_id = p.id order by id limit 1) o on true
    join vendors v on v.id = o.vendor_id`;
  const categories = await sql<{ path: string; level: number }[]>`
    select slug_path as path, level from categories order by product_count desc, id limit 60`;
  await sql.end();
  return {
    ...searches(
      [...samples],
      categories.filter(({ level }) => level > 1),
    ),
    ...suggestions([...samples]),
  };
}

function searches(samples: readonly Sample[], categories: readonly { path: string }[]): Classes {
  const words = samples.flatMap(({ name }) => name.split(/\s+/).filter((word) => /^\p{L}{4,}$/u.test(word)));
  const wordAt = (at: number) => words[(at * 37) % words.length] ?? '';
  const sampleAt = (at: number) => samples[(at * 7) % samples.length];
  const some = <T>(count: number, make: (at: number) => T) =>
    Array.from({ length: count }, (_, at) => make(at));
  const part = (at: number, length: number) => wordAt(at).slice(1, 1 + length);
  const q = (texts: readonly string[], more = '') =>
    texts.map((text) => `/api/products?q=${encodeURIComponent(text)}${more}`);
  const nameWords = (at: number, count: number) =>
    (sampleAt(at)?.name ?? '').split(/\s+/).slice(-count).join(' ');
  const paths = categories.slice(0, 20).map(({ path }) => path);
  const attributes = some(20, (at) => sampleAt(at)?.attribute).filter((pair) => pair != null);
  const inCategory = (more: string) => paths.map((path) => `/api/products?category=${path}${more}`);
  const prices = '&currency=RSD&priceMin=1000&priceMax=20000';
  return {
    'code, whole': q(some(40, (at) => sampleAt(at)?.code ?? '')),
    'code, beginning': q(some(40, (at) => (sampleAt(at)?.code ?? '').slice(0, 5))),
    'code, inner part': q(some(40, (at) => (sampleAt(at)?.code ?? '').slice(2, 7))),
    'one word': q(some(60, wordAt)),
    'one word, common': q(common),
    'two words': q(some(60, (at) => nameWords(at, 2))),
    'two words, common': q(some(common.length, (at) => `${common[at]} ${common[(at + 1) % common.length]}`)),
    'three words': q(some(40, (at) => nameWords(at, 3))),
    'five words': q(some(40, (at) => nameWords(at, 5))),
    'part of three letters': q([...some(20, (at) => part(at, 3)), 'abl']),
    'two parts': q(some(20, (at) => `${part(at, 3)} ${part(at + 1, 3)}`)),
    'one letter': q(['a', 'e', 'x', 's']),
    'two letters': q(['ab', 'hp', 'm8', '5v', 'ac', 'on']),
    'rare word': q(rare),
    Cyrillic: q(cyrillic),
    typo: q(some(20, (at) => wordAt(at).replace(/(.)(.)(.)$/u, '$2$1$3'))),
    nonsense: q(['qqqxxyy', 'zzzwwwqq', 'xkcdvvqj', String.raw`q%w_z\x`]),
    'word in a category': some(
      20,
      (at) => `/api/products?q=${wordAt(at)}&category=${paths[at % paths.length]}`,
    ),
    'word of a vendor': some(20, (at) => `/api/products?q=${part(at, 4)}&vendor=${sampleAt(at)?.vendor}`),
    'word and an attribute': attributes.map(
      ([name, value]) => `/api/products?q=a&attr.${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
    ),
    'word and prices': q(some(20, wordAt), prices),
    prices: q([''], prices),
    'word in stock': q(some(20, wordAt), '&inStock=true'),
    'common by price': q(common, '&sort=price_asc'),
    'common by name': q(common, '&sort=name'),
    'common, page 50': q(common, '&page=50'),
    'common by price, page 500': q(['black', 'cable'], '&sort=price_desc&page=500'),
    category: inCategory(''),
    'category, page 400': inCategory('&page=400'),
    vendor: some(20, (at) => `/api/products?vendor=${sampleAt(at)?.vendor}`),
    everything: ['/api/products'],
    'everything, page 900': ['/api/products?page=900'],
  };
}

function suggestions(samples: readonly Sample[]): Classes {
  const typed = samples
    .flatMap(({ name }) => name.split(/\s+/).find((word) => /^\p{L}{5,}$/u.test(word)) ?? [])
    .slice(0, 60);
  const of = (texts: readonly string[]) =>
    texts.map((text) => `/api/suggestions?q=${encodeURIComponent(text)}`);
  return {
    'suggest 2': of(typed.map((word) => word.slice(0, 2))),
    'suggest 3': of(typed.map((word) => word.slice(0, 3))),
    'suggest 5': of(typed.map((word) => word.slice(0, 5))),
    'suggest code': of(samples.slice(0, 60).map(({ code }) => code.slice(0, 5))),
    'suggest two words': of(
      samples.slice(0, 40).map(({ name }) => name.split(/\s+/).slice(0, 2).join(' ').slice(0, 12)),
    ),
  };
}
