import { parseArgs } from 'node:util';
import { buildWebIfStale } from '../build.ts';
import { buildBareKit } from './all/build-bare-kit.ts';
import { measureMails } from './all/mails.ts';
import { floorPages, floorWorks, serviceWorks } from './all/works.ts';
import { openCatalog } from './catalog.ts';
import { cpuSeconds } from './journey/cpu.ts';
import { measure, medianOf, type Result } from './measure.ts';
import { startMeasured } from './measured-service.ts';
import { startIndex } from './million/search-index.ts';
import { type Measured as FanOut, measureFanOut, startBare, withWatchedProduct } from './presence/fan-out.ts';
import { startProcess, startService } from './presence/targets.ts';

/**
 * `npm run bench -- all [--products 10000] [--seconds 2] [--rounds 3] [--data <folder to keep>] [--only <part of a name>]
 * [--search-process]`: one table of what the service costs, beside
 * the least that could do the same on the same database (`all/floor.ts`, a SvelteKit site of two pages, nodemailer's pool), in turn with it. CPU time is
 * hardly affected by other load, rates are: believe their ratio. With the search process its CPU counts as the service's.
 */
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    data: { type: 'string' },
    catalog: { type: 'string', default: '../shared/data/catalog' },
    products: { type: 'string', default: '10000' },
    callers: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    'search-process': { type: 'boolean', default: false },
  },
});

/** Enough to see the cost of one; `npm run bench -- presence` has more. */
const sockets = 1_000;

await buildWebIfStale(console.log);
const catalog = await openCatalog({
  data: options.data,
  folder: options.catalog,
  products: Number(options.products),
});
const terms = {
  seconds: Number(options.seconds),
  callers: Number(options.callers),
  postgresPid: catalog.pid,
};
try {
  const table: Record<string, Record<string, string>> = {};
  if ('mails'.includes(options.only)) {
    const { ours, floor } = await measureMails(catalog);
    table['mails'] = rowOf(ours, floor);
  }
  if ('fan-out'.includes(options.only)) Object.assign(table, await measureSockets());
  Object.assign(table, await measureWorks());
  console.table(table);
} finally {
  await catalog.close();
}

/** Measures frames to the pages that watch one product: each is one time of work. */
function measureSockets(): Promise<Record<string, Record<string, string>>> {
  return withWatchedProduct(async ({ url, agentId, topic, frameLength }) => {
    const watched = { sockets, topic, rounds: 5 * Number(options.rounds) };
    const floor = await measureFanOut(await startBare(frameLength), watched);
    const ours = await measureFanOut(await startService(url, agentId), watched);
    return { [`fan-out to ${sockets}, a frame`]: rowOf(resultOf(ours), resultOf(floor)) };
  });
}

function resultOf({ framesPerSecond, cpuPerFrame, perSocket }: FanOut): Result {
  return {
    perSecond: framesPerSecond,
    processMs: cpuPerFrame / 1_000,
    postgresMs: 0,
    rssMb: (perSocket.rss * sockets) / 1024 / 1024,
  };
}

async function measureWorks(): Promise<Record<string, Record<string, string>>> {
  const index = options['search-process'] ? await startIndex(catalog.url) : null;
  const service = await startMeasured(catalog.url, index ? { SEARCH_URL: index.url } : {}, ['pages']);
  const whole = {
    memory: async () => {
      const own = await service.memory();
      return { ...own, cpu: own.cpu + (index ? cpuSeconds(index.pid) * 1_000_000 : 0) };
    },
  };
  const env = { DATABASE_URL: catalog.url };
  const bare = await startProcess('../all/floor.ts', [], env);
  const bareKit = await startProcess('../all/bare-kit.ts', [await buildBareKit()], env);
  const ours = serviceWorks(service.base, catalog);
  const pages = floorPages(`http://127.0.0.1:${bareKit.port}`, catalog);
  const floor = { ...floorWorks(`http://127.0.0.1:${bare.port}`, catalog), ...pages };
  const names = Object.keys(ours).filter((name) => name.includes(options.only));
  const measured: Record<string, { ours: Result[]; floor: Result[] }> = {};
  for (const name of names) {
    for (let time = 0; time < 50; time += 1) {
      await ours[name]?.();
      await floor[name]?.();
    }
    measured[name] = { ours: [], floor: [] };
  }
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const name of names) {
      const [run, bareRun, results] = [ours[name], floor[name], measured[name]];
      if (run) results?.ours.push(await measure(whole, run, terms));
      if (bareRun) results?.floor.push(await measure(name in pages ? bareKit : bare, bareRun, terms));
    }
  }
  await Promise.all([service.stop(), bare.stop(), bareKit.stop(), index?.stop()]);
  return Object.fromEntries(
    Object.entries(measured).map(([name, results]) => [
      name,
      rowOf(medianOf(results.ours), results.floor.length > 0 ? medianOf(results.floor) : null),
    ]),
  );
}

function rowOf(ours: Result, floor: Result | null): Record<string, string> {
  return {
    'per s': ours.perSecond.toFixed(0),
    'CPU ms, service': ours.processMs.toFixed(2),
    'CPU ms, PostgreSQL': ours.postgresMs.toFixed(2),
    'floor, per s': floor?.perSecond.toFixed(0) ?? '',
    'floor, CPU ms': floor?.processMs.toFixed(2) ?? '',
    'floor, PostgreSQL': floor?.postgresMs.toFixed(2) ?? '',
    'of the floor': floor ? (ours.perSecond / floor.perSecond).toFixed(2) : '',
    'RSS MB': ours.rssMb.toFixed(0),
  };
}
