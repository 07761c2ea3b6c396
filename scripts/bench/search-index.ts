import { parseArgs } from 'node:util';
import { createMemoryIndex } from '#server/search/memory/memory-index.ts';
import type { MemoryIndex } from '#server/search/memory/port.ts';
import { parseSearch, parseText } from '#server/search/rules.ts';
import type { SearchQuery } from '#server/search/schema.ts';
import { samplesOf } from './search-index/classes.ts';
import { readShop } from './search-index/products.ts';

/**
 * `npm run bench -- search-index [--catalog <dir>] [--products <n>] [--changes <n>]`: size, build time and CPU time of
 * searches of the index in memory alone, without a database: with the catalogue's products, and copies with other numbers.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    catalog: { type: 'string', default: '../shared/data/catalog' },
    products: { type: 'string', default: '1000000' },
    changes: { type: 'string', default: '5000' },
    only: { type: 'string' },
  },
});
const count = Number(options.products);
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** Returns the milliseconds of CPU time of some work, of all threads. */
function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const shop = await readShop(options.catalog);
const index = createMemoryIndex();
index.surround(shop.surroundings);
let building = 0;
for (let from = 0; from < count; from += 500) {
  const length = Math.min(500, count - from);
  const batch = Array.from({ length }, (_, at) => shop.productAt(from + at));
  building += cpuOf(() => index.put(batch));
}
const sorting = cpuOf(() => index.find(wantedOf({})));
const { bytes, ...sizes } = index.sizes();
console.log({ ...sizes, bytes: megabytes(bytes), rss: megabytes(process.memoryUsage.rss()) });
console.log(
  `filled in ${(building / 1_000).toFixed(1)} s of CPU, first search ${(sorting / 1_000).toFixed(1)} s`,
);

const samples = samplesOf(
  Array.from({ length: 400 }, (_, at) => shop.productAt(Math.floor((at * count) / 400))),
);
const rows: Record<string, Record<string, number | string>> = {};
for (const [name, queries] of Object.entries(samples.searches)) {
  if (options.only && !name.includes(options.only)) continue;
  rows[name] = measured(queries.map((query) => () => index.find(wantedOf(query)).total));
}
for (const [name, texts] of Object.entries(samples.suggestions)) {
  if (options.only && !name.includes(options.only)) continue;
  rows[name] = measured(texts.map((text) => () => index.suggest(parseText(text)).products.length));
}
console.table(rows);
measureChanges(index, Number(options.changes));

function wantedOf({ category, ...query }: Partial<SearchQuery>) {
  const prices =
    query.priceMin === undefined
      ? null
      : [{ currency: 'USD', low: query.priceMin, high: query.priceMax ?? query.priceMin }];
  const whole: SearchQuery = { q: '', sort: 'relevance', page: 1, perPage: 20, ...query };
  return parseSearch(category === undefined ? whole : { ...whole, category }, undefined, prices);
}

/** Does each once, then again: searches that were kept are faster. */
function measured(works: (() => number)[]): Record<string, number | string> {
  let found = 0;
  const cold = works.map((work) => cpuOf(() => (found += work())));
  const warm = [1, 2, 3].flatMap(() => works.map(cpuOf));
  const rounded = (value: number) => Number(value.toFixed(1));
  const percentile = (times: number[], part: number) =>
    rounded(times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? NaN);
  return {
    texts: works.length,
    'found on average': Math.round(found / works.length),
    'p50 ms': percentile(warm, 0.5),
    'p95 ms': percentile(warm, 0.95),
    'first time, p50 ms': percentile(cold, 0.5),
    'first time, p95 ms': percentile(cold, 0.95),
  };
}

/** Changes prices, adds products and removes them, with a search between batches. */
function measureChanges(changed: MemoryIndex, changes: number): void {
  const batch = 100;
  const prices: number[] = [];
  const additions: number[] = [];
  const removals: number[] = [];
  const searches: number[] = [];
  for (let from = 0; from < changes; from += batch) {
    const numbers = Array.from({ length: batch }, (_, at) => from + at);
    const dearer = numbers.map((at) => {
      const product = shop.productAt((at * 37) % count);
      return { ...product, sortPrice: (product.sortPrice ?? 1) * 1.1 };
    });
    const added = numbers.map((at) => shop.productAt(count + at));
    prices.push(cpuOf(() => changed.put(dearer)) / batch);
    additions.push(cpuOf(() => changed.put(added)) / batch);
    searches.push(cpuOf(() => changed.find(wantedOf({ q: 'cable' }))));
    removals.push(cpuOf(() => changed.remove(added.slice(0, 50).map(({ id }) => id))) / 50);
  }
  const mean = (times: number[]) => (times.reduce((sum, time) => sum + time, 0) / times.length).toFixed(3);
  const most = (times: number[]) => Math.max(...times).toFixed(1);
  console.log(
    `a changed price ${mean(prices)} ms, an added product ${mean(additions)} ms, a removed one ${mean(removals)} ms`,
  );
  console.log(
    `100 changed prices ${most(prices.map((ms) => ms * batch))} ms at most, 100 added products ${most(additions.map((ms) => ms * batch))} ms`,
  );
  console.log(`a search for "cable" between changes ${mean(searches)} ms, at most ${most(searches)} ms`);
}
