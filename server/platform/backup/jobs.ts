import type postgres from 'postgres';
import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '../jobs.ts';
import { copyBase, isBaseDue } from './base.ts';
import { copyLog } from './log.ts';
import { noteFailure, type Part } from './progress.ts';
import { deleteOld } from './retention.ts';
import { BackupError } from './sealing.ts';
import { connectForBackup } from './server.ts';
import type { Store } from './store.ts';
import { createVault, type Vault } from './vault.ts';

/** What was written within this time before a disaster may be lost. */
const logSeconds = 60;

// The next run is the retry.
const often = { oneAtATime: true, everySeconds: logSeconds, retryLimit: 0 };

export const backUpLog = defineJob<Record<string, never>>('back-up-log', often);

/** Copies the whole when that is due, beside `backUpLog`, because it may take long. */
export const backUpBase = defineJob<Record<string, never>>('back-up-base', often);

type BackupContext = Pick<Context, 'config' | 'log'>;

/** Only processes with a place for backups work these. */
export function backupJobs(ctx: BackupContext, stores: readonly Store[]): JobHandler[] {
  const { backup } = ctx.config;
  if (!backup) return [];
  const vault = createVault(backup);
  return [
    handle(backUpLog, () =>
      attempt(
        ctx,
        'log',
        async ({ logSql: sql }) => void (await copyLog({ sql, config: ctx.config }, vault, stores)),
      ),
    ),
    handle(backUpBase, () =>
      attempt(ctx, 'base', async (sessions) => {
        if (await isBaseDue(sessions.sql, vault, backup.everySeconds))
          await copyAndTidy({ ...sessions, config: ctx.config }, vault, stores);
      }),
    ),
  ];
}

/** Copies the whole and the log now, whether or not that is due. */
export async function backUpNow(ctx: BackupContext, vault: Vault, stores: readonly Store[]) {
  return attempt(ctx, 'base', (sessions) => copyBase({ ...sessions, config: ctx.config }, vault, stores));
}

const copyAndTidy: typeof copyBase = async (sessions, vault, stores) => {
  const manifest = await copyBase(sessions, vault, stores);
  if (manifest) await deleteOld(vault, new Date(manifest.finishedAt));
  return manifest;
};

/** PostgreSQL's code. */
const insufficientPrivilege = '42501';

interface Sessions {
  sql: postgres.Sql;
  logSql: postgres.Sql;
}

/** Runs one part with sessions of its own, which it closes. Notes and throws its failure. */
async function attempt<T>(
  { config, log }: BackupContext,
  part: Part,
  run: (sessions: Sessions) => Promise<T>,
): Promise<T> {
  const url = config.databaseDirectUrl;
  const sessions = { sql: connectForBackup(url), logSql: connectForBackup(url) };
  try {
    return await run(sessions);
  } catch (thrown) {
    const isRefused = (thrown as { code?: unknown }).code === insufficientPrivilege;
    const error = isRefused
      ? new BackupError(
          'Backups need a superuser: the role of DATABASE_URL may not read the files of PostgreSQL.',
        )
      : thrown;
    log.error({ err: error, backup: part }, 'backup failed');
    await noteFailure(sessions.logSql, part, error);
    throw error;
  } finally {
    await Promise.all([sessions.sql.end({ timeout: 5 }), sessions.logSql.end({ timeout: 5 })]);
  }
}
