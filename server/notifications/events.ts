import { defineJob } from '#server/platform/jobs.ts';

/**
 * One mail handed to the mail server. The pauses grow to two hours and outlast a week, so that a mail server may be
 * down for days; when to give up is decided by the delivery's own age (`rules.ts`), never by the queue.
 */
export const sendDelivery = defineJob<{ deliveryId: string }>('send-delivery', {
  retryLimit: 100,
  retryDelay: 5,
  retryDelayMax: 7_200,
});

/** What a mail needs beyond its request and enquiry: ids of rows that never change, frozen when it is decided. */
export interface MailContents {
  'request-copy': Record<string, never>;
  enquiry: Record<string, never>;
  /** The versions that came since the last digest, declines among them. */
  'answer-digest': { quoteIds: string[] };
  'enquiry-message': { messageId: string };
  'buyer-message': { messageId: string };
  'revision-asked': { messageId: string };
  /** `deadline`: ISO 8601. */
  'deadline-moved': { deadline: string };
  /** `lineIds`: the vendor's own lines that were accepted, at the prices of `quoteId`; none when all is lost. */
  outcome: { outcome: 'won' | 'won_in_part' | 'lost'; quoteId?: string; lineIds: string[] };
  'acceptance-copy': { lines: { quoteId: string; lineId: string }[] };
}

export type MailKind = keyof MailContents;

/** The kinds that go to a vendor's recipients, and those that go to the buyer. */
export type VendorMailKind = 'enquiry-message' | 'revision-asked' | 'deadline-moved' | 'outcome';
export type BuyerMailKind = 'answer-digest' | 'buyer-message' | 'acceptance-copy';
