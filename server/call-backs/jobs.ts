import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as callBacks from './service.ts';

/** Expires call-backs that nobody made in time. */
export const endByTime = defineJob<Record<string, never>>('end-by-time', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Erases numbers, names and notes of call-backs that were closed long ago. */
export const forgetCallBacks = defineJob<Record<string, never>>('forget-call-backs', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(endByTime, () => callBacks.expireCallBacks(ctx)),
    handle(forgetCallBacks, () => callBacks.forgetCallBacks(ctx)),
  ];
}
