import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { migrate } from '#db/migrate.ts';
import { buildApp, type Service } from '#server/app.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { jobHandlers } from '#server/worker.ts';
import { connectOrStart, type Postgres } from '../../../scripts/pg.ts';
import { runCommand } from '../command.ts';

/** An installation with an embedded PostgreSQL of its own and a place for backups. */
export interface Installation {
  folder: string;
  vault: string;
  config: Config;
  service: Service;
  sql: postgres.Sql;
  /** Runs a job of the worker now. */
  run(job: { name: string }): Promise<void>;
  /** Runs `npm run backup` or `restore` with these settings. */
  command(
    script: 'backup' | 'restore',
    given: string[],
    env?: Record<string, string>,
  ): Promise<{ code: number; said: string }>;
  end(): Promise<void>;
}

// Nothing here needs to survive a crash of the machine.
const settings = { fsync: 'off' };

export async function install(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-backup-'));
  chmodSync(folder, 0o755);
  const vault = join(folder, 'vault');
  const dataDir = join(folder, 'data');
  const server = await connectOrStart({ dataDir, settings });
  await migrate(server.url);
  const env = {
    DATABASE_URL: server.url,
    SMTP_URL: 'smtp://127.0.0.1:25',
    MAIL_FROM: 'Quoteline <quoteline@quoteline.example>',
    SECRET_KEY: 'a key for tests only, of more than 32 bytes',
    PUBLIC_URL: 'http://quoteline.test',
    LOG_LEVEL: 'silent',
    BACKUP_DIR: vault,
    BACKUP_KEY: randomBytes(32).toString('base64'),
  };
  const config = readConfig(env, 'production');
  const service = await buildApp(config);
  const jobs = jobHandlers(service.ctx);
  return {
    ...{ folder, vault, config, service },
    sql: service.ctx.sql,
    async run({ name }) {
      await jobs.find((one) => one.job.name === name)!.run({});
    },
    command: (script, given, more = {}) =>
      runCommand(script, '', given, { ...env, DATABASE_URL: '', SMTP_URL: '', DATA_DIR: dataDir, ...more }),
    async end() {
      await service.close();
      await server.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts the database that was restored into a folder. */
export async function openRestored(
  folder: string,
): Promise<{ sql: postgres.Sql; url: string; end(): Promise<void> }> {
  const server: Postgres = await connectOrStart({ dataDir: folder, settings });
  const sql = postgres(server.url, { max: 2, onnotice: () => {} });
  return {
    sql,
    url: server.url,
    async end() {
      await sql.end();
      await server.stop();
    },
  };
}
