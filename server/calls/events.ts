import { defineHook } from '#server/platform/hooks.ts';
import { defineJob } from '#server/platform/jobs.ts';
import type { CallOutcome } from './schema.ts';

/** Runs in the transaction that closes a call. */
export const callClosed = defineHook<{ callBackId: string | null; outcome: CallOutcome; at: Date }>(
  'call.closed',
);

/** Asks Twilio to call the agent of this leg, at most once. */
export const dialAgent = defineJob<{ legId: string }>('dial-agent', { retryDelay: 1, retryDelayMax: 5 });

/** Ends a leg's call at Twilio; with `sid` another call that Twilio made for the leg. */
export const hangUpLeg = defineJob<{ legId: string; sid?: string }>('end-leg', {
  retryDelay: 1,
  retryDelayMax: 10,
});

/** Processes a stored status callback of Twilio's. */
export const processStatusCallback = defineJob<{ webhookId: number }>('work-webhook', {
  retryDelay: 1,
  retryDelayMax: 60,
});

/** Fires at the deadline of the state that the call had at this version. */
export const callTimer = defineJob<{ callId: string; version: number }>('call-timer', {
  retryDelay: 1,
  retryDelayMax: 5,
});

/** Asks Twilio about a closed call whose length was estimated. */
export const checkEstimate = defineJob<{ callId: string }>('check-estimate');

/** Handles what lost jobs left over: overdue states, agents kept busy for too long, unprocessed status callbacks. */
export const sweepCalls = defineJob<Record<string, never>>('sweep-calls', {
  retryLimit: 0,
  oneAtATime: true,
  everySeconds: 5,
});

/** Erases the numbers of calls closed long ago, and deletes Twilio's callbacks about them. */
export const forgetNumbers = defineJob<Record<string, never>>('forget-numbers', {
  oneAtATime: true,
  everySeconds: 3_600,
});
