import { dataDirOf, readEnvironment } from './environment.ts';
import { connectOrStart } from './pg.ts';

/** Opens the database for a command: DATABASE_URL, else the embedded one of DATA_DIR, started if it isn't running. */
export async function openDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const env = readEnvironment();
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, stop: async () => {} };
  return connectOrStart({ dataDir: dataDirOf(env) });
}
