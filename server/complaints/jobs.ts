import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import { countQuality } from './quality/service.ts';
import { sendReminders } from './reminding.ts';

export const remindComplaints = defineJob<Record<string, never>>('remind-complaints', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Counts the vendors' quality. */
export const countVendorQuality = defineJob<Record<string, never>>('count-vendor-quality', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export const handlers = (ctx: Context): JobHandler[] => [
  handle(remindComplaints, () => sendReminders(ctx)),
  handle(countVendorQuality, () => countQuality(ctx)),
];
