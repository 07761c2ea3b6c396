import { parseArgs } from 'node:util';
import { openCatalog } from './catalog.ts';
import { worksOn } from './journey/work.ts';
import { measure, medianOf, type Result } from './measure.ts';
import { startMeasured } from './measured-service.ts';

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

const catalog = await openCatalog({ data: options.data, folder: options.catalog });
const terms = {
  seconds: Number(options.seconds),
  callers: Number(options.callers),
  postgresPid: catalog.pid,
};
try {
  const services = [];
  for (const variables of ['', ...options.with]) services.push(await start(variables));
  const results: { name: string; result: Result }[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const work of Object.keys(services[0]?.works ?? {})) {
      for (const { name, process: own, works } of services) {
        const run = works[work] ?? (() => Promise.reject(new Error(`unknown work: ${work}`)));
        results.push({ name: `${work}: ${name}`, result: await measure(own, run, terms) });
      }
    }
  }
  console.table(summaryOf(results));
  for (const service of services) await service.process.stop();
} finally {
  await catalog.close();
}

async function start(variables: string) {
  const own = await startMeasured(
    catalog.url,
    Object.fromEntries(variables.split(',').map((pair) => pair.split('=') as [string, string])),
  );
  const works = worksOn(
    own.base,
    catalog.products.map(({ id }) => id),
  );
  for (const work of Object.values(works)) for (let time = 0; time < 50; time += 1) await work();
  return { name: variables || 'as it is', process: own, works };
}

function summaryOf(
  results: readonly { name: string; result: Result }[],
): Record<string, Record<string, string>> {
  const groups = [...Map.groupBy(results, ({ name }) => name)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    groups.map(([name, runs]) => {
      const median = medianOf(runs.map(({ result }) => result));
      return [
        name,
        {
          'per s': median.perSecond.toFixed(1),
          'service CPU ms': median.processMs.toFixed(1),
          'PostgreSQL CPU ms': median.postgresMs.toFixed(1),
        },
      ];
    }),
  );
}
