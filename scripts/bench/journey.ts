import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { importCatalog } from '#server/catalog/import/service.ts';
import { systemClock } from '#server/platform/clock.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { connectOrStart } from '../pg.ts';
import { cpuSeconds } from './journey/cpu.ts';
import { quantity, worksOn } from './journey/work.ts';
import { startProcess } from './presence/targets.ts';

/**
 * `npm run bench -- journey [--with NAME=value,NAME=value ...] [--seconds 3] [--rounds 3]
 * [--data <folder to keep>]`: what a buyer's way costs, from a product to a sent request: how often a second over HTTP, and
 * CPU time of the service and of PostgreSQL, which other load hardly affects. Each `--with` measures another service, with
 * these variables, in turn with the others. With `--data` a second run needn't import the catalogue.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    data: { type: 'string' },
    catalog: { type: 'string', default: '../shared/data/catalog' },
    with: { type: 'string', multiple: true, default: [] },
    callers: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
  },
});
const origin = 'http://quoteline.test';
const mostAtOnce = Number(options.callers);

const dataDir = options.data ?? mkdtempSync(join(tmpdir(), 'quoteline-bench-'));
const database = await connectOrStart({ dataDir });
try {
  const productIds = await loadCatalog(database.url);
  const services = [];
  for (const variables of ['', ...options.with]) services.push(await startService(variables, productIds));
  const results: Result[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1)
    for (const work of Object.keys(services[0]?.works ?? {}))
      for (const service of services) results.push(await measure(service, work));
  console.table(summaryOf(results));
  for (const service of services) await service.process.stop();
} finally {
  await database.stop();
  if (options.data === undefined) rmSync(dataDir, { recursive: true, force: true });
}

/** Imports the catalogue. Returns products of it that someone offers. */
async function loadCatalog(url: string): Promise<string[]> {
  await migrate(url);
  const connection = connect(url);
  const [filled] = await connection.sql`select from products limit 1`;
  if (!filled) {
    const given = resolve(options.catalog);
    const catalog = existsSync(given) ? given : 'db/seed/catalog';
    const onProductsMerged = followMergedProducts;
    await importCatalog({ sql: connection.sql, clock: systemClock }, catalog, { onProductsMerged });
  }
  await connection.sql`
    update vendors set email = 'vendor' || id || '@quoteline.example' where email is null`;
  const rows = await connection.sql<{ id: string }[]>`
    select product_id::text as id from live_offers
    group by product_id having bool_and(minimum <= ${quantity} and ${quantity}::int % pack_size = 0)
    order by hashint8(product_id) limit 200`;
  await connection.sql`vacuum analyze`;
  await connection.close();
  return rows.map(({ id }) => id);
}

interface MeasuredService {
  name: string;
  process: Awaited<ReturnType<typeof startProcess>>;
  works: ReturnType<typeof worksOn>;
}

async function startService(variables: string, productIds: readonly string[]): Promise<MeasuredService> {
  const limits = ['READS_PER_MINUTE', 'WRITES_PER_MINUTE', 'REQUESTS_PER_HOUR'];
  const own = await startProcess('service.ts', [], {
    DATABASE_URL: database.url,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
    SECRET_KEY: 'a key for measuring only, of more than 32 bytes',
    PUBLIC_URL: origin,
    WORKER: 'off',
    LOG_LEVEL: 'warn',
    ...Object.fromEntries(limits.map((name) => [`LIMIT_${name}`, '999999999'])),
    ...Object.fromEntries(variables.split(',').map((pair) => pair.split('=') as [string, string])),
  });
  const works = worksOn(`http://127.0.0.1:${own.port}`, origin, productIds);
  for (const work of Object.values(works)) for (let time = 0; time < 50; time += 1) await work();
  return { name: variables || 'as it is', process: own, works };
}

interface Result {
  service: string;
  work: string;
  perSecond: number;
  serviceMs: number;
  postgresMs: number;
}

async function measure({ name, process: own, works }: MeasuredService, work: string): Promise<Result> {
  const run = works[work] ?? (() => Promise.reject(new Error(`unknown work: ${work}`)));
  const [before, postgresBefore, began] = [await own.memory(), cpuSeconds(database.pid), performance.now()];
  const end = began + Number(options.seconds) * 1_000;
  let times = 0;
  const repeat = async () => {
    while (performance.now() < end) {
      await run();
      times += 1;
    }
  };
  await Promise.all(Array.from({ length: mostAtOnce }, repeat));
  const seconds = (performance.now() - began) / 1_000;
  const after = await own.memory();
  return {
    ...{ service: name, work, perSecond: times / seconds },
    serviceMs: (after.cpu - before.cpu) / 1_000 / times,
    postgresMs: ((cpuSeconds(database.pid) - postgresBefore) * 1_000) / times,
  };
}

function summaryOf(results: readonly Result[]): Record<string, Record<string, string>> {
  const median = (numbers: number[]) =>
    (numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? NaN).toFixed(1);
  const groups = Map.groupBy(results, ({ service, work }) => `${work}: ${service}`);
  return Object.fromEntries(
    [...groups]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, runs]) => [
        name,
        {
          'per s': median(runs.map(({ perSecond }) => perSecond)),
          'service CPU ms': median(runs.map(({ serviceMs }) => serviceMs)),
          'PostgreSQL CPU ms': median(runs.map(({ postgresMs }) => postgresMs)),
        },
      ]),
  );
}
