import { connect, liveIndex, nextIndex } from '#server/search/meilisearch/client.ts';
import { startMeilisearch } from '../../simulators/meilisearch.ts';

export interface EngineServer {
  url: string;
  key: string;
  stop(): Promise<void>;
}

/** Starts an engine's own server, by the engine's name; undefined: it has none. */
export const engineServers: Record<string, () => Promise<EngineServer | undefined>> = {
  PostgreSQL: () => Promise.resolve(undefined),
  Meilisearch: async () => {
    const fake = await startMeilisearch();
    return { url: fake.url, key: fake.key, stop: () => fake.down() };
  },
};

// A real server, whose index of ours is replaced: `MEILI_URL=... MEILI_KEY=... npm test -- tests/server/search/engines`.
const { MEILI_URL: realUrl, MEILI_KEY: realKey = '' } = process.env;
if (realUrl !== undefined) {
  engineServers['the Meilisearch at MEILI_URL'] = async () => {
    const client = connect({ meiliUrl: realUrl, meiliKey: realKey }, 30_000);
    const deleteIndexes = async () => {
      for (const name of [liveIndex, nextIndex]) await client.index(name).delete().waitTask();
    };
    await deleteIndexes();
    return { url: realUrl, key: realKey, stop: deleteIndexes };
  };
}
