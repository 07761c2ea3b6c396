import { defineEvent } from '#server/platform/events.ts';
import { defineJob } from '#server/platform/jobs.ts';

/** Defines an event of a request or one of its enquiries. */
const defineRequestEvent = <P extends object>(name: string) => defineEvent<P>(name, 'request');

export const requestSent = defineRequestEvent<{ number: string; kind: 'quote' | 'order'; lines: number }>(
  'request.sent',
);

interface OfEnquiry {
  enquiryId: string;
}
export const enquirySent = defineRequestEvent<OfEnquiry & { vendorId: number; recipients: number }>(
  'enquiry.sent',
);
export const enquiryOpened = defineRequestEvent<OfEnquiry>('enquiry.opened');
/** By the buyer or the vendor: see `actor`. */
export const messageSent = defineRequestEvent<OfEnquiry & { messageId: string }>('enquiry.message_sent');
export const moreTimeAsked = defineRequestEvent<OfEnquiry & { messageId: string; until: string | null }>(
  'enquiry.more_time_asked',
);
export const deadlineMoved = defineRequestEvent<OfEnquiry & { deadline: string }>('enquiry.deadline_moved');
export const quoteSent = defineRequestEvent<OfEnquiry & { quoteId: string; version: number }>('quote.sent');
export const revisionAsked = defineRequestEvent<OfEnquiry & { messageId: string }>('enquiry.revision_asked');
export const linesAccepted = defineRequestEvent<OfEnquiry & { quoteId: string; lineIds: string[] }>(
  'quote.accepted',
);
export const quoteDeclined = defineRequestEvent<OfEnquiry & { quoteId: string }>('quote.declined');
/** `deliveryId`: the mail that the person's link is made of; null: the follow link, or all links. */
export const linkRevoked = defineRequestEvent<{ enquiryId: string | null; deliveryId: string | null }>(
  'link.revoked',
);
export const linkRenewed = defineRequestEvent<{ enquiryId: string | null; deliveryId: string | null }>(
  'link.renewed',
);

/** Notes in the security log of the service what an operator's command did to links. `of`: a delivery or a request. */
export const noteLinkChanges = defineJob<{
  changes: { event: 'link_revoked' | 'link_renewed'; of: string }[];
}>('note-link-changes');

/** Mails the buyer all answers since the last digest in one mail. */
export const answerDigest = defineJob<{ requestId: string }>('answer-digest', { oneWaitingPerKey: true });
