import { defineEvent } from '#server/platform/events.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

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

/** As it was when the mail was decided: the call-back may change. `wantedAt`: ISO 8601; `locale`: the language to speak. */
export interface CallBackContent {
  kind: 'sales' | 'support';
  vendorName: string;
  timeZone: string;
  product: { name: string; code: string };
  wantedAt: string;
  locale: string;
  /** As typed, without the number. */
  name: string;
  note: string;
}
export const callBackMail = defineMail<CallBackContent>('call-back', 'call_back');
