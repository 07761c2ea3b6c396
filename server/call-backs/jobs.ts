import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as callBacks from './service.ts';

/** Expires call-backs long past their time. */
export const expireCallBacks = defineJob<Record<string, never>>('end-by-time', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Erases numbers, names and notes of old call-backs. */
export const forgetCallBacks = defineJob<Record<string, never>>('forget-call-backs', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(expireCallBacks, () => callBacks.expireCallBacks(ctx)),
    handle(forgetCallBacks, () => callBacks.forgetCallBacks(ctx)),
  ];
}
