import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../scripts/patches/apply.mjs';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { migrate } from '#db/migrate.ts';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/platform/config.ts';
import { connectOrStart } from '../scripts/pg.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `pgUrl` creates databases; each test clones `template`, which has the migrated tables and job queues. */
    database: { pgUrl: string; template: string };
  }
}

const TEMPLATE = 'quoteline_template';

/** Nothing here needs to survive a crash, so PostgreSQL needn't sync to disk. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // Several services in each worker, with up to 17 connections each.
  max_connections: '200',
};

/** One throwaway PostgreSQL for the whole run, migrated once and with the job queues created. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quoteline-test-'));
  const server = await connectOrStart({ dataDir, settings: SETTINGS });
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  const maintenance = postgres(server.url, { max: 1 });
  await maintenance`create database ${maintenance(TEMPLATE)}`;
  await maintenance.end();
  await migrate(template.href);
  await createQueues(template.href);
  project.provide('database', { pgUrl: server.url, template: TEMPLATE });
  return async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Creates the tables and queues of the job queue, which every start of a service on a new database would do. */
async function createQueues(databaseUrl: string): Promise<void> {
  const config = readConfig(
    {
      DATABASE_URL: databaseUrl,
      SMTP_URL: 'smtp://127.0.0.1:25',
      MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
      SECRET_KEY: 'a key for tests only, of more than 32 bytes',
      PUBLIC_URL: 'http://quoteline.test',
      LOG_LEVEL: 'silent',
    },
    'production',
  );
  await (await buildApp(config)).close();
}
