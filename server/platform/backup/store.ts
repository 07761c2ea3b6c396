import type postgres from 'postgres';
import type { Config } from '../config.ts';
import { type Entry, inMemory } from './packing.ts';

export interface StoreContext {
  config: Config;
  sql: postgres.Sql;
}

/** What belongs into backups besides the database's files. Its paths are relative to the folder that holds everything restored. */
export interface Store {
  name: string;
  /** Yields what changed since then; everything for null. */
  entries(ctx: StoreContext, since: Date | null): AsyncIterable<Entry>;
}

/** Links, opt-outs and secrets in the database are worth nothing without it. */
export const secrets: Store = {
  name: 'secrets',
  async *entries({ config }, since) {
    if (!since) yield { path: 'secret-key', content: inMemory(config.secretKey) };
  },
};
