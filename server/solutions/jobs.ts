import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as repeats from './repeats/service.ts';

export const forgetAdditions = defineJob<Record<string, never>>('forget-additions', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export const handlers = (ctx: Context): JobHandler[] => [handle(forgetAdditions, () => repeats.forget(ctx))];
