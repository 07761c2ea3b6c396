import type { Db } from '#db/client.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Config } from '#server/platform/config.ts';
import type { Log } from '#server/platform/log.ts';
import { meilisearch } from './meilisearch/engine.ts';
import type { SearchEngine } from './port.ts';
import { postgresEngine } from './postgres.ts';

/** Returns PostgreSQL's engine; with MEILI_URL, Meilisearch guesses for it. */
export function chooseEngine(
  db: Db,
  config: Config,
  clock: Clock,
  log: Log,
  timeoutMs?: number,
): SearchEngine {
  const { meiliUrl, meiliKey } = config;
  if (meiliUrl === undefined) return postgresEngine(db, clock);
  return postgresEngine(db, clock, meilisearch({ meiliUrl, meiliKey }, clock, log, timeoutMs));
}
