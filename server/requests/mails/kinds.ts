import { defineMail } from '#server/platform/mailing/template.ts';

// Contents are fixed when a mail is queued: mostly ids of immutable rows.

export const requestCopyMail = defineMail('request-copy', 'request');
export const enquiryMail = defineMail('enquiry', 'enquiry');
/** The versions since the last digest, declined ones included. */
export const answerDigestMail = defineMail<{ quoteIds: string[] }>('answer-digest', 'request', 'answers');
export const enquiryMessageMail = defineMail<{ messageId: string }>('enquiry-message', 'enquiry');
export const buyerMessageMail = defineMail<{ messageId: string }>('buyer-message', 'enquiry', 'messages');
export const revisionAskedMail = defineMail<{ messageId: string }>('revision-asked', 'enquiry');
/** `deadline`: ISO 8601. */
export const deadlineMovedMail = defineMail<{ deadline: string }>('deadline-moved', 'enquiry');
/**
 * `lineIds`: the vendor's own lines that are ordered, at the prices of `quoteId`; empty for `lost`. `changes_declined`:
 * the buyer declined what the vendor changed in an order. `unanswered`: a vendor that never answered lost all its lines,
 * those of `lineIds`. `closed`: the buyer has erased their account.
 */
export interface OutcomeContent {
  outcome: 'won' | 'won_in_part' | 'lost' | 'unanswered' | 'changes_declined' | 'closed';
  quoteId?: string;
  lineIds: string[];
}
export const outcomeMail = defineMail<OutcomeContent>('outcome', 'enquiry');
export const acceptanceCopyMail = defineMail<{ lines: { quoteId: string; lineId: string }[] }>(
  'acceptance-copy',
  'request',
);

/** A new link in place of a revoked or lost one: an enquiry's to one person, or a request's to its buyer. */
export const linkRenewedMail = defineMail('link-renewed', 'enquiry');
export const followRenewedMail = defineMail('link-renewed', 'request');
/**
 * Tells the buyer that a link of the request was revoked. `name`: whose; null: the buyer's own. An operator revokes all
 * links, or those of one vendor.
 */
export interface LinkRevokedContent {
  name: string | null;
  vendor: string | null;
  by: 'buyer' | 'vendor' | 'operator';
}
export const linkRevokedMail = defineMail<LinkRevokedContent>('link-revoked', 'request');
