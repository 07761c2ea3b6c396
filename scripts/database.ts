import { dataDirOf, readEnvironment } from './environment.ts';
import { connectOrStart } from './pg.ts';

/** Opens the database for a command: DATABASE_DIRECT_URL or DATABASE_URL, else the embedded one of DATA_DIR, started if it isn't running. */
export async function openDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const env = readEnvironment();
  const url = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL;
  if (url) return { url, stop: async () => {} };
  return connectOrStart({ dataDir: dataDirOf(env) });
}
