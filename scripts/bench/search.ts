import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { connect, type Db } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { buildApp } from '#server/app.ts';
import { importCatalog } from '#server/catalog/import/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { readConfig } from '#server/platform/config.ts';
import { searchStatement } from '#server/search/queries.ts';
import { loosened, parseSearch } from '#server/search/rules.ts';
import { connectOrStart } from '../pg.ts';

/**
 * `npm run bench -- search [--catalog <dir>] [--plans]`: how long searches take over HTTP, by kind of text, with 1 and 8
 * callers, on an imported catalogue or the database of DATABASE_URL. `--plans` prints PostgreSQL's plans instead.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: { catalog: { type: 'string' }, plans: { type: 'boolean' }, seconds: { type: 'string' } },
});
const secondsEach = Number(options.seconds ?? 3);

const database = process.env['DATABASE_URL'] ? null : await loadThrowaway();
const url = process.env['DATABASE_URL'] ?? database?.url ?? '';
try {
  const kinds = await kindsOfText(url);
  if (options.plans) await printPlans(url, kinds);
  else await measure(url, kinds);
} finally {
  await database?.stop();
}

async function loadThrowaway(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
  const server = await connectOrStart({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
  const stop = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  await migrate(server.url);
  const connection = connect(server.url);
  const directory = resolve(options.catalog ?? '../shared/data/catalog');
  const { rows, seconds } = await importCatalog({ sql: connection.sql, clock: systemClock }, directory, {
    onProductsMerged: followMergedProducts,
  });
  console.log(`${rows} rows from ${directory} imported in ${seconds.toFixed(1)} s`);
  await connection.close();
  return { url: server.url, stop };
}

type Kinds = Record<string, string[]>;

/** Returns search texts as people enter them, picked evenly from the catalogue, so that each run searches the same. */
async function kindsOfText(databaseUrl: string): Promise<Kinds> {
  const sql = postgres(databaseUrl, { max: 1 });
  const rows = await sql<{ name: string; code: string; vendor: string }[]>`
    select p.name, p.code, v.name as vendor from (
      select *, row_number() over (order by name_folded, id) as place, count(*) over () as products from products) p
    join lateral (select vendor_id from offers where product_id = p.id order by id limit 1) o on true
    join vendors v on v.id = o.vendor_id
    where place % greatest(products / 400, 1) = 0 order by place limit 400`;
  await sql.end();
  const words = rows.flatMap(({ name }) => name.split(/\s+/).filter((word) => /^\p{L}{4,}$/u.test(word)));
  const wordAt = (index: number) => words[(index * 37) % words.length] ?? '';
  const some = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i));
  const rowAt = (index: number) => rows[(index * 7) % rows.length] ?? { name: '', code: '', vendor: '' };
  return {
    'one word': some(40, wordAt),
    'two words': some(40, (i) => rowAt(i).name.split(/\s+/).slice(-2).join(' ')),
    'word and vendor': some(20, (i) => `${rowAt(i).vendor} ${wordAt(i)}`),
    'whole name': some(20, (i) => rowAt(i).name),
    code: some(20, (i) => rowAt(i).code),
    'beginning of a code': some(20, (i) => rowAt(i).code.slice(0, 4)),
    'part of a word': some(20, (i) => wordAt(i).slice(1, 4)),
    'one or two letters': ['a', 'e', 'm8', 'hp', 'ac', '5v', 'qz', 'x', '±', 'Ω', '2u', 'zz'],
    Cyrillic: ['кабл', 'мотор', 'сензор', 'хард', 'принтер', 'релеј'],
    typo: some(10, (i) => wordAt(i).replace(/(.)(.)(.)$/u, '$2$1$3')),
    nonsense: ['qqqxxyy', 'zzzwwwqq', 'xkcdvvqj', 'q%w_z\\x'],
    nothing: [''],
    'long text': [some(200, wordAt).join(' ').slice(0, 2_000)],
  };
}

/** Returns API paths to request, by kind of search. */
function pathsByKind(kinds: Kinds): Kinds {
  const pathsFor = (path: string, texts: string[], more = '') =>
    texts.map((text) => `${path}?q=${encodeURIComponent(text)}${more}`);
  const word = kinds['one word'] ?? [];
  return {
    ...Object.fromEntries(
      Object.entries(kinds).map(([kind, texts]) => [kind, pathsFor('/api/products', texts)]),
    ),
    'one word, by price': pathsFor('/api/products', word, '&sort=price_asc'),
    'one word, in stock': pathsFor('/api/products', word, '&inStock=true'),
    suggestions: pathsFor(
      '/api/suggestions',
      word.flatMap((text) => [text.slice(0, 2), text.slice(0, 3), text.slice(0, 5)]),
    ),
  };
}

async function measure(databaseUrl: string, kinds: Kinds): Promise<void> {
  const config = readConfig(
    {
      DATABASE_URL: databaseUrl,
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'bench@quoteline.example',
      SECRET_KEY: 'for the benchmark only, longer than 32 bytes',
      PUBLIC_URL: 'http://127.0.0.1',
      WORKER: 'off',
    },
    'production',
  );
  config.limits.readsPerMinute = Number.MAX_SAFE_INTEGER;
  const service = await buildApp(config);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${(service.app.server.address() as AddressInfo).port}`;
  const table: Record<string, Record<string, number>> = {};
  for (const [kind, paths] of Object.entries(pathsByKind(kinds))) {
    table[kind] = { texts: paths.length };
    for (const callers of [1, 8]) {
      const times = await timeRequests(base, paths, callers);
      table[kind][`p50 ms, ${callers}`] = percentile(times, 0.5);
      table[kind][`p95 ms, ${callers}`] = percentile(times, 0.95);
      table[kind][`per s, ${callers}`] = Math.round(times.length / secondsEach);
    }
  }
  console.table(table);
  await service.close();
}

/** Returns the milliseconds of each response. Requests every path once to warm up, then in turn until the time is over. */
async function timeRequests(base: string, paths: string[], callers: number): Promise<number[]> {
  for (const path of paths) await (await fetch(base + path)).arrayBuffer();
  const times: number[] = [];
  const end = performance.now() + secondsEach * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < end) {
        const path = paths[next++ % paths.length] ?? '';
        const begun = performance.now();
        const response = await fetch(base + path);
        await response.arrayBuffer();
        if (response.status !== 200) throw new Error(`${response.status} for ${path}`);
        times.push(performance.now() - begun);
      }
    }),
  );
  return times;
}

function percentile(times: number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Number((sorted[Math.floor((sorted.length - 1) * part)] ?? NaN).toFixed(1));
}

async function printPlans(databaseUrl: string, kinds: Kinds): Promise<void> {
  const connection = connect(databaseUrl);
  for (const [kind, [text = '']] of Object.entries(kinds)) {
    if (kind === 'long text') continue;
    console.log(`\n== ${kind}: ${text}\n${await plan(connection.db, text)}`);
  }
  await connection.close();
}

async function plan(db: Db, text: string): Promise<string> {
  const { sql } = await import('drizzle-orm');
  const wanted = parseSearch({ q: text, sort: 'relevance', page: 1, perPage: 20 });
  const rows = await db.execute<{ 'QUERY PLAN': string }>(
    sql`explain (analyze, buffers off, costs off) ${searchStatement(wanted)}`,
  );
  const looser = await db.execute<{ 'QUERY PLAN': string }>(
    sql`explain (analyze, buffers off, costs off) ${searchStatement(loosened(wanted), { guesses: [] })}`,
  );
  rows.push({ 'QUERY PLAN': '-- other spellings, codes without separators, near misses' }, ...looser);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
