import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import * as admission from './service.ts';

/** Notes which agents' numbers can be called: catalogues and configuration change. */
export const checkAgentNumbers = defineJob<Record<string, never>>('check-agent-numbers', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Lifts a stop for the budget of an earlier day. */
export const resumeCalling = defineJob<Record<string, never>>('resume-calling', {
  oneAtATime: true,
  everySeconds: 600,
});

/** Deletes consents that no longer count. */
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
