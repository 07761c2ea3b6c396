import type { Clock } from '#server/platform/clock.ts';
import type { Config } from '#server/platform/config.ts';
import type { Log } from '#server/platform/log.ts';
import { meilisearch } from './meilisearch/engine.ts';
import type { SearchEngine } from './port.ts';

/** Returns no guesses, so that only PostgreSQL searches. */
const noEngine: SearchEngine = {
  nearMisses: () => Promise.resolve([]),
  completions: () => Promise.resolve([]),
};

export function chooseEngine(config: Config, clock: Clock, log: Log, timeoutMs?: number): SearchEngine {
  const { meiliUrl, meiliKey } = config;
  return meiliUrl === undefined ? noEngine : meilisearch({ meiliUrl, meiliKey }, clock, log, timeoutMs);
}
