import { defineEvent } from '#server/platform/events.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

export const callBackAsked = defineEvent<{ callBackId: string; vendorId: number; wantedAt: string }>(
  'call_back.asked',
);
export const callBackCancelled = defineEvent<{ callBackId: string }>('call_back.cancelled');
export const callBackTaken = defineEvent<{ callBackId: string; agentId: number }>('call_back.taken');
/** Closed by an agent without a call. */
export const callBackClosed = defineEvent<{ callBackId: string; agentId: number; note: string }>(
  'call_back.closed',
);
export const callBackEnded = defineEvent<{ callBackId: string; outcome: string; status: string }>(
  'call_back.ended',
);

/** A copy, because the call-back may change. `wantedAt`: ISO 8601. `locale`: the language to speak. */
export interface CallBackContent {
  kind: 'sales' | 'support';
  vendorName: string;
  timeZone: string;
  product: { name: string; code: string };
  wantedAt: string;
  locale: string;
  /** As typed, with the phone number masked. */
  name: string;
  note: string;
}
export const callBackMail = defineMail<CallBackContent>('call-back', 'call_back');
