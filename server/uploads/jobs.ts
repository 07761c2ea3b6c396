import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as uploads from './service.ts';

export const removeUploads = defineJob<Record<string, never>>('remove-uploads', {
  oneAtATime: true,
  everySeconds: 600,
});

export const handlers = (ctx: Context): JobHandler[] => [
  handle(removeUploads, () => uploads.removeFiles(ctx)),
];
