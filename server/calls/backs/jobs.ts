import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as numbers from '../numbers/service.ts';
import * as callBacks from './service.ts';

/** What time alone ends: call-back requests nobody reached, and a stop for a budget of yesterday. */
export const endByTime = defineJob<Record<string, never>>('end-by-time', {
  oneAtATime: true,
  everySeconds: 600,
});

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(endByTime, async () => {
      await callBacks.expire(ctx);
      await numbers.resumeNextDay(ctx);
    }),
  ];
}
