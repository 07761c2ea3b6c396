import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as leases from './leases.ts';

/** Applies status changes caused by time. Doesn't need retries, because it runs again soon. */
export const sweepPresence = defineJob<Record<string, never>>('sweep-presence', {
  oneAtATime: true,
  everySeconds: 5,
  retryLimit: 0,
});

export function handlers(ctx: Pick<Context, 'db' | 'clock'>): JobHandler[] {
  return [handle(sweepPresence, () => leases.sweep(ctx))];
}
