import type { Clock } from '#server/platform/clock.ts';
import type { Config } from '#server/platform/config.ts';
import type { Log } from '#server/platform/log.ts';
import { meilisearch } from './meilisearch/engine.ts';

/**
 * What guesses at a text, typos forgiven: ids of products, the best first. An empty guess means that PostgreSQL's own
 * answer stands; so does every failure, for an engine never throws. An id may be of a product that is gone.
 */
export interface SearchEngine {
  /** Products like a text of which nothing holds every word. */
  nearMisses(text: string): Promise<string[]>;
  /** Products that a begun text may mean. */
  completions(text: string): Promise<string[]>;
}

/** PostgreSQL alone: it has nothing to add to what its statements find. */
const postgresAlone: SearchEngine = {
  nearMisses: () => Promise.resolve([]),
  completions: () => Promise.resolve([]),
};

export function chooseEngine(config: Config, clock: Clock, log: Log, patienceMs?: number): SearchEngine {
  const { meiliUrl, meiliKey } = config;
  return meiliUrl === undefined ? postgresAlone : meilisearch({ meiliUrl, meiliKey }, clock, log, patienceMs);
}
