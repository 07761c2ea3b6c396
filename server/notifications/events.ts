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

/** What a mail needs beyond its request and enquiry, frozen when it is decided: mostly ids of rows that never change. */
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
  /** As it was then: the request may change. `wantedAt`: ISO 8601; `locale`: the language to speak. */
  'call-back': {
    kind: 'sales' | 'support';
    vendorName: string;
    timeZone: string;
    product: { name: string; code: string };
    wantedAt: string;
    locale: string;
    /** As typed, without the number. */
    name: string;
    note: string;
  };
}

export type MailKind = keyof MailContents;

/** The kinds that go to a vendor's recipients, and those that go to the buyer. */
export type VendorMailKind = 'enquiry-message' | 'revision-asked' | 'deadline-moved' | 'outcome';
export type BuyerMailKind = 'answer-digest' | 'buyer-message' | 'acceptance-copy';
