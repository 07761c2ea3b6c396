import { parseArgs } from 'node:util';
import { connect } from '#db/client.ts';
import { startMeasured } from './measured-service.ts';
import { classesOf, type Classes } from './million/classes.ts';
import { openMillion } from './million/database.ts';
import { importAtRate } from './million/import-load.ts';
import { load, percentile, type Pids } from './million/load.ts';
import { startIndex } from './million/search-index.ts';

/**
 * `npm run bench -- million [--data <folder to keep>] [--without-process] [--import 500] [--only <part of a name>]`: how long
 * searches take over HTTP among a million products, by kind of search and all kinds mixed, with the search process or
 * PostgreSQL alone, also while an import writes. Prints the CPU of a request too, which other load hardly affects.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    data: { type: 'string', default: '.data/million' },
    catalog: { type: 'string', default: '../shared/data/catalog' },
    products: { type: 'string', default: '1000000' },
    offers: { type: 'string', default: '1200000' },
    callers: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
    'mix-seconds': { type: 'string', default: '30' },
    import: { type: 'string', default: '500' },
    only: { type: 'string', default: '' },
    'without-process': { type: 'boolean', default: false },
  },
});

const catalog = await openMillion({
  data: options.data,
  folder: options.catalog,
  products: Number(options.products),
  offers: Number(options.offers),
});
const index = options['without-process'] ? null : await startIndex(catalog.url);
const service = await startMeasured(catalog.url, index ? { SEARCH_URL: index.url } : {});
const pids: Pids = { service: service.pid, ...(index ? { search: index.pid } : {}), PostgreSQL: catalog.pid };
const callers = Number(options.callers);
try {
  const classes = Object.fromEntries(
    Object.entries(await classesOf(catalog.url)).filter(([name]) => name.includes(options.only)),
  );
  console.table(await measureEach(classes));
  const isSuggestion = ([name]: [string, unknown]) => name.startsWith('suggest');
  const kinds = Object.entries(classes).filter((entry) => !isSuggestion(entry));
  const mixes = {
    'all searches, mixed': mixed(kinds),
    'mixed, hardly any kept': unkept(mixed(kinds), kinds.length),
    'all suggestions, mixed': mixed(Object.entries(classes).filter(isSuggestion)),
  };
  console.table(await measureMixes(mixes));
  const connection = connect(catalog.url);
  const importing = await importAtRate(connection.sql, Number(options.import));
  const begun = performance.now();
  console.table(await measureMixes(mixes));
  const seconds = (performance.now() - begun) / 1_000;
  console.log(`meanwhile ${(importing.rows() / seconds).toFixed(0)} rows/s were imported`);
  await importing.stop();
  await connection.close();
  if (index) console.log(await index.figures());
  console.log(await fallbacksOf(service.base));
} finally {
  await service.stop();
  await index?.stop();
  await catalog.close();
}

async function measureEach(classes: Classes): Promise<Record<string, object>> {
  const table: Record<string, object> = {};
  for (const [name, paths] of Object.entries(classes)) {
    // Once each, to warm up.
    await load(service.base, paths, { callers: 2, seconds: 20, pids: {}, most: paths.length });
    table[name] = rowOf(await load(service.base, paths, { callers, seconds: Number(options.seconds), pids }));
  }
  return table;
}

async function measureMixes(mixes: Record<string, string[]>): Promise<Record<string, object>> {
  const table: Record<string, object> = {};
  for (const [name, paths] of Object.entries(mixes)) {
    if (paths.length === 0) continue;
    table[name] = rowOf(
      await load(service.base, paths, { callers, seconds: Number(options['mix-seconds']), pids }),
    );
  }
  return table;
}

/** Returns the paths of all classes by turns: as many of each. */
function mixed(classes: readonly [string, string[]][]): string[] {
  const most = Math.max(0, ...classes.map(([, paths]) => paths.length));
  return Array.from({ length: most }, (_, at) =>
    classes.map(([, paths]) => paths[at % paths.length] ?? ''),
  ).flat();
}

/** Returns the mixed paths with ever other sizes of pages, so that hardly an answer to them is kept. */
function unkept(paths: readonly string[], kinds: number): string[] {
  const sized = (path: string, perPage: number) =>
    `${path}${path.includes('?') ? '&' : '?'}perPage=${perPage}`;
  const turn = Math.ceil(paths.length / kinds);
  return Array.from({ length: 10 }, (_, round) =>
    paths.map((path, at) => sized(path, 1 + ((Math.floor(at / kinds) + round * turn) % 100))),
  ).flat();
}

function rowOf({ times, seconds, cpu }: Awaited<ReturnType<typeof load>>): object {
  return {
    requests: times.length,
    'per s': Math.round(times.length / seconds),
    'p50 ms': percentile(times, 0.5),
    'p95 ms': percentile(times, 0.95),
    'p99 ms': percentile(times, 0.99),
    ...Object.fromEntries(
      Object.entries(cpu).map(([name, ms]) => [`CPU ms, ${name}`, Number(ms.toFixed(2))]),
    ),
  };
}

/** Returns how often PostgreSQL searched instead of the process. */
async function fallbacksOf(base: string): Promise<string> {
  const metrics = await (await fetch(`${base}/metrics`)).text();
  const lines = metrics.split('\n').filter((line) => line.startsWith('quoteline_search_fallbacks_total{'));
  return lines.length > 0 ? lines.join('\n') : 'PostgreSQL was never asked instead of the process';
}
