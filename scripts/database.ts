import { dataDirOf, readEnvironment } from './environment.ts';
import { connectOrStart } from './pg.ts';

/**
 * Returns the database a command works on: DATABASE_URL's, else the embedded one of DATA_DIR, which is joined where
 * `npm start` runs it and otherwise started for as long as the command lasts.
 */
export async function openDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const env = readEnvironment();
  if (env.DATABASE_URL) return { url: env.DATABASE_URL, stop: async () => {} };
  return connectOrStart({ dataDir: dataDirOf(env) });
}
