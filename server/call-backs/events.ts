import { defineEvent } from '#server/platform/events.ts';

export const callBackAsked = defineEvent<{ callBackId: string; vendorId: number; wantedAt: string }>(
  'call_back.asked',
);
export const callBackCancelled = defineEvent<{ callBackId: string }>('call_back.cancelled');
export const callBackTaken = defineEvent<{ callBackId: string; agentId: number }>('call_back.taken');
/** An agent closed it without a call, and says why. */
export const callBackClosed = defineEvent<{ callBackId: string; agentId: number; note: string }>(
  'call_back.closed',
);
export const callBackEnded = defineEvent<{ callBackId: string; outcome: string; status: string }>(
  'call_back.ended',
);
