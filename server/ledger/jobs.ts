import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as ledger from './service.ts';

/** Releases holds that nobody resolved in time. */
export const expireHolds = defineJob<Record<string, never>>('expire-holds', {
  oneAtATime: true,
  everySeconds: 60,
});

export function handlers(ctx: Context): JobHandler[] {
  return [handle(expireHolds, () => ledger.expireDueHolds(ctx))];
}
