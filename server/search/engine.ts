import type { Db } from '#db/client.ts';
import type { Clock } from '#server/platform/clock.ts';
import type { Config } from '#server/platform/config.ts';
import type { Log } from '#server/platform/log.ts';
import { meilisearch } from './meilisearch/engine.ts';
import type { SearchEngine } from './port.ts';
import { postgresEngine } from './postgres.ts';
import { askSearchProcess } from './remote.ts';

/**
 * Returns PostgreSQL's engine for a database; with MEILI_URL, Meilisearch guesses for it. With SEARCH_URL the search process
 * answers, and that engine while it can't.
 */
export function chooseEngine(
  config: Config,
  clock: Clock,
  log: Log,
  timeoutMs?: number,
): (db: Db) => SearchEngine {
  const { meiliUrl, meiliKey, searchUrl } = config;
  const guesser =
    meiliUrl === undefined ? undefined : meilisearch({ meiliUrl, meiliKey }, clock, log, timeoutMs);
  const own = (db: Db) => postgresEngine(db, clock, guesser);
  if (searchUrl === undefined) return own;
  const remote = askSearchProcess(searchUrl, { clock, log, timeoutMs });
  return (db) => remote.orElse(own(db));
}
