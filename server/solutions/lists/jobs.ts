import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import { deleteOldLists } from './queries.ts';

/** Deletes lists that were read a day ago. */
export const forgetLists = defineJob<Record<string, never>>('forget-lists', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export function handlers({ db, clock }: Context): JobHandler[] {
  return [handle(forgetLists, () => deleteOldLists(db, clock.now()))];
}
