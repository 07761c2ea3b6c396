import { join, resolve } from 'node:path';
import { CatalogUnreadable, checkCatalog, importCatalog } from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import { ConfigError } from '#server/platform/config.ts';
import { record } from '#server/platform/events.ts';
import * as solutions from '#server/solutions/service.ts';
import * as wishes from '#server/wishes/service.ts';
import { catalogLoaded, catalogLoading, names } from './events.ts';
import { addPeople } from './people.ts';
import * as queries from './queries.ts';
import { keepDemoRates } from './rates.ts';

const seed = join(import.meta.dirname, '../../db/seed/catalog');
export const peopleFile = join(seed, 'people.json');

/**
 * Loads the demo catalogue, or that of CATALOG, into an empty database, or finishes an interrupted load. Returns whether
 * the database contains the demo catalogue and its people.
 */
export async function loadFirstCatalog(ctx: Context): Promise<boolean> {
  const { db, clock, config } = ctx;
  await queries.withLoadLock(db, async () => {
    const last = await queries.lastEvent(db, [names.loading, names.loaded]);
    if (last?.name === names.loaded) return;
    if (!last && (await queries.hasVendors(db))) return;
    const begun = last ? (last.payload['directory'] as string | null) : null;
    const directory = config.catalogDir ? resolve(config.catalogDir) : begun;
    if (directory !== null) requireCatalog(directory);
    const about = () => ({ actor: 'system', at: clock.now(), payload: { directory } });
    if (!last || begun !== directory) await record(db, [catalogLoading(about())]);
    await load(ctx, directory);
    await record(db, [catalogLoaded(about())]);
  });
  const loaded = await queries.lastEvent(db, [names.loaded]);
  return loaded !== null && loaded.payload['directory'] === null;
}

function requireCatalog(directory: string): void {
  try {
    checkCatalog(directory);
  } catch (error) {
    throw error instanceof CatalogUnreadable ? new ConfigError(`CATALOG: ${error.message}`) : error;
  }
}

async function load(ctx: Context, directory: string | null): Promise<void> {
  // Rates first, because the import computes prices in euro for sorting.
  if (directory === null) await keepDemoRates(ctx);
  console.log(
    directory === null ? 'Loading the demo catalogue ...' : `Loading the catalogue ${directory} ...`,
  );
  const result = await importCatalog(ctx, directory ?? seed, {
    onProductsMerged: async (...merged) => {
      await solutions.followMergedProducts(...merged);
      await wishes.followMergedProducts(...merged);
    },
    onRefused: ({ file, row, reason }) => console.warn(`${file} row ${row} refused: ${reason}`),
  });
  console.log(
    `${result.created + result.updated + result.unchanged} offers in ${result.seconds.toFixed(1)} s.`,
  );
  if (directory === null) await addPeople(ctx.db, peopleFile);
}
