import type { Db } from '#db/client.ts';
import { forgetExpiredSessions } from './auth/sessions.ts';
import type { Clock } from './clock.ts';
import { deleteExpiredKeys } from './idempotency.ts';
import { defineJob, handle, type JobHandler } from './jobs.ts';
import { forgetOldCounters } from './limits.ts';

const daySeconds = 86_400;

export const forgetOld = defineJob<Record<string, never>>('forget-old', {
  oneAtATime: true,
  everySeconds: daySeconds,
});

/** Deletes once a day what has expired: rate limit counters with people's addresses, sessions, idempotency keys. */
export function handlers({ db, clock }: { db: Db; clock: Clock }): JobHandler[] {
  return [
    handle(forgetOld, async () => {
      const now = clock.now();
      await forgetOldCounters(db, now);
      await forgetExpiredSessions(db, now);
      await deleteExpiredKeys(db, now);
    }),
  ];
}
