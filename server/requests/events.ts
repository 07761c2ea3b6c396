import { defineEvent } from '#server/platform/events.ts';

export const requestSent = defineEvent<{ number: string; kind: 'quote' | 'order'; lines: number }>(
  'request.sent',
);
export const enquirySent = defineEvent<{ vendorId: number; recipients: number }>('enquiry.sent');
/** The buyer wrote in the thread; what a vendor writes is recorded where it comes in. */
export const messageSent = defineEvent<{ messageId: string }>('enquiry.message_sent');
export const deadlineMoved = defineEvent<{ deadline: string }>('enquiry.deadline_moved');
