import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Part } from './progress.ts';
import type { BackupConfig } from './settings.ts';

/** A copy may itself take a while. */
const allowanceSeconds = 3_600;
/** What may be lost at most. */
const logLimitSeconds = 300;

export const limitSeconds = (part: Part, { everySeconds }: BackupConfig): number =>
  part === 'log' ? logLimitSeconds : everySeconds + Math.min(everySeconds, allowanceSeconds);

export interface BackupState {
  part: Part;
  /** Null: there is none yet. */
  doneAt: Date | null;
  failure: string | null;
}

/** Returns how each part stands, also one that was never tried. */
export async function backupStates(db: Db): Promise<BackupState[]> {
  const rows = await db.execute<{ part: Part; doneAt: string | null; failure: string | null }>(sql`
    select part, done_at as "doneAt", failure
    from (values ('base'), ('log')) as parts (part) left join backup_progress using (part) order by part`);
  return rows.map(({ part, doneAt, failure }) => ({
    part,
    doneAt: doneAt === null ? null : new Date(doneAt),
    failure,
  }));
}

const askEveryMs = 60_000;
const repeatMs = 600_000;

/**
 * Returns what processes that serve run again and again: it logs a backup that was missed, also while no worker lives,
 * and again every ten minutes.
 */
export function createBackupAlarm(
  ctx: Pick<Context, 'config' | 'db' | 'clock' | 'log'>,
): () => Promise<void> {
  const { backup } = ctx.config;
  if (!backup) return async () => {};
  const begunAt = ctx.clock.now();
  const loggedAt = new Map<Part, number>();
  let askedAt = 0;
  return async () => {
    const now = ctx.clock.now().getTime();
    if (now - askedAt < askEveryMs) return;
    askedAt = now;
    for (const { part, doneAt, failure } of await backupStates(ctx.db)) {
      // A new installation has the time that a copy takes.
      const since = (doneAt ?? begunAt).getTime();
      if (now - since <= limitSeconds(part, backup) * 1000) loggedAt.delete(part);
      else if (now - (loggedAt.get(part) ?? 0) >= repeatMs) {
        loggedAt.set(part, now);
        ctx.log.error({ backup: part, last: doneAt?.toISOString() ?? null, failure }, 'backup missed');
      }
    }
  };
}
