import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as admission from './service.ts';

/** Updates which agents can be called, after changes of catalogues and configuration. */
export const checkAgentNumbers = defineJob<Record<string, never>>('check-agent-numbers', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Resumes calls that were stopped for an earlier day's budget. */
export const resumeCalling = defineJob<Record<string, never>>('resume-calling', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Deletes expired consents. */
export const forgetConsents = defineJob<Record<string, never>>('forget-consents', {
  oneAtATime: true,
  everySeconds: 3_600,
});

export function handlers(ctx: Context): JobHandler[] {
  return [
    handle(checkAgentNumbers, () => admission.checkAgentNumbers(ctx)),
    handle(resumeCalling, () => admission.resumeCallingNextDay(ctx)),
    handle(forgetConsents, () => admission.forgetConsents(ctx)),
  ];
}
