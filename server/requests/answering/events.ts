import { defineEvent } from '#server/platform/events.ts';
import { defineJob } from '#server/platform/jobs.ts';

export const enquiryOpened = defineEvent<Record<string, never>>('enquiry.opened');
export const quoteSent = defineEvent<{ quoteId: string; version: number }>('quote.sent');
export const linesAccepted = defineEvent<{ quoteId: string; lineIds: string[] }>('quote.accepted');
export const quoteDeclined = defineEvent<{ quoteId: string }>('quote.declined');
export const revisionAsked = defineEvent<{ messageId: string }>('enquiry.revision_asked');
export const messageSent = defineEvent<{ messageId: string }>('enquiry.message_sent');
export const moreTimeAsked = defineEvent<{ messageId: string; until: string | null }>(
  'enquiry.more_time_asked',
);

/** Tells the buyer in one mail what came since the last; answers close together wait for each other. */
export const answerDigest = defineJob<{ requestId: string }>('answer-digest', { oneWaitingPerKey: true });
