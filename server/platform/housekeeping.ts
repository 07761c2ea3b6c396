import type { Db } from '#db/client.ts';
import { deleteExpiredSessions } from './auth/sessions.ts';
import type { Clock } from './clock.ts';
import { deleteOldNotes } from './forgetting.ts';
import { deleteExpiredKeys } from './idempotency.ts';
import { defineJob, handle, type JobHandler } from './jobs.ts';
import { deleteOldAllowances } from './mailing/caps.ts';
import { deleteOldCounters } from './limits.ts';

const daySeconds = 86_400;

export const forgetOld = defineJob<Record<string, never>>('forget-old', {
  oneAtATime: true,
  everySeconds: daySeconds,
});

/** Daily deletes expired rate limit counters (with people's addresses), sessions and idempotency keys. */
export function handlers({ db, clock }: { db: Db; clock: Clock }): JobHandler[] {
  return [
    handle(forgetOld, async () => {
      const now = clock.now();
      await deleteOldCounters(db, now);
      await deleteOldAllowances(db, now);
      await deleteExpiredSessions(db, now);
      await deleteExpiredKeys(db, now);
      await deleteOldNotes(db);
    }),
  ];
}
