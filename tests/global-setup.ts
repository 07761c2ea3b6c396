import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '#db/migrate.ts';
import { connectOrStart } from '../scripts/pg.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `pgUrl` is for making databases; each test clones `template`, which holds the migrated tables. */
    database: { pgUrl: string; template: string };
  }
}

const TEMPLATE = 'quoteline_template';

/** Nothing here needs to survive a crash, so PostgreSQL may forget to write to disk. */
const FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

/** One throwaway PostgreSQL for the whole run, migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-test-'));
  const server = await connectOrStart({ dataDir, settings: FORGETFUL });
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  const maintenance = postgres(server.url, { max: 1 });
  await maintenance`create database ${maintenance(TEMPLATE)}`;
  await maintenance.end();
  await migrate(template.href);
  project.provide('database', { pgUrl: server.url, template: TEMPLATE });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
