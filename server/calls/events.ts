import { defineHook } from '#server/platform/hooks.ts';
import { defineJob } from '#server/platform/jobs.ts';
import type { CallOutcome } from './schema.ts';

/** Runs in the transaction that closes a call. */
export const callClosed = defineHook<{ callBackId: string | null; outcome: CallOutcome; at: Date }>(
  'call.closed',
);

/** Asks the telephone company for the call of this agent's leg, at most once. */
export const dialAgent = defineJob<{ legId: string }>('dial-agent', { retryDelay: 1, retryDelayMax: 5 });

/** Ends a call at the telephone company; a second one on the same leg by its own id there. */
export const endLeg = defineJob<{ legId: string; sid?: string }>('end-leg', {
  retryDelay: 1,
  retryDelayMax: 10,
});

/** Works what the telephone company told us. */
export const workWebhook = defineJob<{ webhookId: number }>('work-webhook', {
  retryDelay: 1,
  retryDelayMax: 60,
});

/** The state that the call had at this version is over its time. */
export const callTimer = defineJob<{ callId: string; version: number }>('call-timer', {
  retryDelay: 1,
  retryDelayMax: 5,
});

/** Whatever a lost wake-up left: states over their time, agents pinned for too long, word not worked. */
export const sweepCalls = defineJob<Record<string, never>>('sweep-calls', {
  retryLimit: 0,
  oneAtATime: true,
  everySeconds: 5,
});

/** Numbers, and what the telephone company told us, of calls long over. */
export const forgetNumbers = defineJob<Record<string, never>>('forget-numbers', {
  oneAtATime: true,
  everySeconds: 3_600,
});
