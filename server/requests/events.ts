import { defineEvent } from '#server/platform/events.ts';
import { defineJob } from '#server/platform/jobs.ts';

export const requestSent = defineEvent<{ number: string; kind: 'quote' | 'order'; lines: number }>(
  'request.sent',
);
export const enquirySent = defineEvent<{ vendorId: number; recipients: number }>('enquiry.sent');
export const enquiryOpened = defineEvent<Record<string, never>>('enquiry.opened');
/** Somebody wrote in the thread: the buyer or the vendor, the actor says who. */
export const messageSent = defineEvent<{ messageId: string }>('enquiry.message_sent');
export const moreTimeAsked = defineEvent<{ messageId: string; until: string | null }>(
  'enquiry.more_time_asked',
);
export const deadlineMoved = defineEvent<{ deadline: string }>('enquiry.deadline_moved');
export const quoteSent = defineEvent<{ quoteId: string; version: number }>('quote.sent');
export const revisionAsked = defineEvent<{ messageId: string }>('enquiry.revision_asked');
export const linesAccepted = defineEvent<{ quoteId: string; lineIds: string[] }>('quote.accepted');
export const quoteDeclined = defineEvent<{ quoteId: string }>('quote.declined');

/** Mails the buyer all answers since the last digest at once. Answers close together wait for each other. */
export const answerDigest = defineJob<{ requestId: string }>('answer-digest', { oneWaitingPerKey: true });
