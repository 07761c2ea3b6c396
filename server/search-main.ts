import { connect } from '#db/client.ts';
import { waitForDatabase } from './platform/database.ts';
import { createMemoryIndex } from './search/memory/memory-index.ts';
import { follow } from './search/serving/follower.ts';
import { searchServer } from './search/serving/http.ts';
import { readSearchSettings } from './search/serving/settings.ts';

export interface SearchProcess {
  url: string;
  close(): Promise<void>;
}

/** Starts the search process, which answers once its index is built. */
export async function startSearch(env: Record<string, string | undefined>): Promise<SearchProcess> {
  const settings = readSearchSettings(env);
  await waitForDatabase(settings);
  const database = connect(settings.databaseUrl, { pool: 2 });
  const server = searchServer(settings.logLevel, (log) => follow(database.db, log, createMemoryIndex));
  const close = async () => {
    await server.close();
    await database.close();
  };
  try {
    return { url: await server.app.listen({ port: settings.port, host: settings.host }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
