import type { BenchCatalog } from '../catalog.ts';
import { quantity, worksOn } from '../journey/work.ts';
import type { Work } from '../measure.ts';

/** Returns the kinds of work on the service, by name. */
export function serviceWorks(base: string, catalog: BenchCatalog): Record<string, Work> {
  const productIds = catalog.products.map(({ id }) => id);
  const home = { 'home page': eachOf(base, ['/']) };
  return { ...readWorks(base, catalog), ...worksOn(base, productIds), ...home, ...floorPages(base, catalog) };
}

/** Returns the pages that the bare site has, too. */
export function floorPages(base: string, catalog: BenchCatalog): Record<string, Work> {
  return {
    'search page': eachOf(
      base,
      searches(catalog, oneWord).map((text) => `/search?q=${encodeURIComponent(text)}`),
    ),
    'product page': eachOf(
      base,
      catalog.products.map(({ id }) => `/p/${id}`),
    ),
  };
}

/** Returns those kinds of work that the floor does, too. */
export function floorWorks(base: string, catalog: BenchCatalog): Record<string, Work> {
  let turn = 0;
  const nextProduct = () => catalog.products[turn++ % catalog.products.length]?.id ?? '';
  const addLine = (solutionId?: string) =>
    post(base, '/lines', { solutionId, productId: nextProduct(), quantity });
  return {
    ...readWorks(base, catalog),
    'product detail': () => read(base, `/api/products/${nextProduct()}`),
    'new solution, first line': () => addLine(),
    'new, 3 lines, send': async () => {
      const { id } = await addLine();
      for (let line = 1; line < 3; line += 1) await addLine(id);
      await read(base, `/solutions/${id}`);
      await post(base, '/requests', { solutionId: id });
    },
  };
}

function readWorks(base: string, catalog: BenchCatalog): Record<string, Work> {
  const found = (texts: readonly string[], more = '') =>
    eachOf(
      base,
      texts.map((text) => `/api/products?q=${encodeURIComponent(text)}${more}`),
    );
  const typed = searches(catalog, oneWord).map((word) => word.slice(0, 4));
  return {
    'search, one word': found(searches(catalog, oneWord)),
    'search, two words': found(searches(catalog, twoWords)),
    'search, second page': found(searches(catalog, oneWord), '&page=2'),
    'search, no text': found(['']),
    category: eachOf(
      base,
      catalog.categories.map((path) => `/api/products?category=${path}`),
    ),
    vendor: eachOf(
      base,
      catalog.vendors.map((slug) => `/api/products?vendor=${slug}`),
    ),
    suggestions: eachOf(
      base,
      typed.map((text) => `/api/suggestions?q=${encodeURIComponent(text)}`),
    ),
  };
}

const wordsOf = (name: string) => name.split(/\s+/).filter((word) => /^\p{L}{4,}$/u.test(word));
const oneWord = (name: string) => wordsOf(name)[0] ?? '';
const twoWords = (name: string) => wordsOf(name).slice(0, 2).join(' ');

/** Returns texts that people would enter to find the catalogue's products. */
function searches({ products }: BenchCatalog, textOf: (name: string) => string): string[] {
  return [...new Set(products.map(({ name }) => textOf(name)).filter(Boolean))];
}

function eachOf(base: string, paths: readonly string[]): Work {
  let turn = 0;
  return () => read(base, paths[turn++ % paths.length] ?? '/');
}

async function read(base: string, path: string): Promise<void> {
  const response = await fetch(base + path, { headers: { host: new URL(base).host } });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
}

async function post(base: string, path: string, body: object): Promise<{ id: string }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string };
}
