import type { Db } from '#db/client.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import {
  type Delivery,
  type MailContext,
  type MailKind,
  mailTemplate,
} from '#server/platform/mailing/template.ts';
import { translatorFor } from '#server/platform/mailing/translator.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import { answerLinkVersion } from '../enquiries/rules.ts';
import { numberedInEnquiry } from '../enquiries/numbering.ts';
import * as kinds from './kinds.ts';
import * as linkMails from './links.ts';
import * as buyerUpdates from './buyer-updates.ts';
import * as updates from './updates.ts';
import type { RequestMailWords, RequestMailInput } from './parts.ts';
import * as queries from './queries.ts';
import * as specification from './specification.ts';
import { waitingTemplate } from './waiting.ts';

const words = await inEveryLanguage<RequestMailWords>(`${import.meta.dirname}/../words`, 'mails');

/** Defines a mail about a request, with its number as header and the recipient's link. */
function template<Content extends object>(
  kind: MailKind<Content>,
  document: (
    db: Db,
    input: RequestMailInput,
    url: string,
    delivery: Delivery<Content>,
  ) => Promise<MailDocument>,
) {
  return mailTemplate(kind, async (ctx, delivery) => {
    const rows = { ...(await queries.loadSubject(ctx.db, delivery)), delivery };
    const { request, enquiry } = rows;
    if (delivery.role !== 'buyer' && rows.link?.isRevoked) return null;
    const ofVendor = delivery.role === 'buyer' ? undefined : enquiry?.vendorTimeZone;
    const translator = translatorFor(words, delivery.locale, ofVendor ?? request.timeZone ?? 'UTC');
    return {
      document: await document(ctx.db, { translator, rows }, linkOf(ctx, rows), delivery),
      headers: { 'X-Quoteline-Request': request.number },
    };
  });
}

/** Returns the buyer's follow link or a vendor person's answer link, which is the same in all their mails. */
function linkOf(
  { config, links }: MailContext,
  { delivery, request, enquiry, link }: queries.MailRows,
): string {
  if (delivery.role === 'buyer' || !enquiry) {
    // The person who revoked the link has the request in this browser or account.
    if (request.followRevokedAt !== null) return `${config.publicUrl}/requests/${request.id}`;
    return `${config.publicUrl}/f/${links.issue('follow', request.id, request.linkVersion)}`;
  }
  if (!link) throw new Error(`no link of ${enquiry.id} for this recipient`);
  const version = answerLinkVersion({ enquiry, delivery: link });
  return `${config.publicUrl}/e/${links.issue('answer', link.id, version)}`;
}

async function messageOf(db: Db, { messageId }: { messageId: string }): Promise<updates.ThreadMessage> {
  const found = await queries.loadMessage(db, messageId);
  if (!found) throw new Error(`no message ${messageId}`);
  return { ...found.message, vendorName: found.vendorName };
}

/** All mails about requests. */
export const requestMails = [
  template(kinds.requestCopyMail, async (db, input, url, { subjectId }) =>
    specification.copyMail(input, await queries.loadLines(db, { requestId: subjectId }), url),
  ),
  waitingTemplate(words),
  template(kinds.linkRenewedMail, async (_db, input, url) => linkMails.renewedMail(input, url)),
  template(kinds.linkRevokedMail, async (_db, input, url, { content }) =>
    linkMails.revokedMail(input, content, url),
  ),
  template(kinds.enquiryMail, async (db, input, url, { subjectId }) =>
    specification.enquiryMail(
      input,
      numberedInEnquiry(await queries.loadLines(db, { enquiryId: subjectId })),
      url,
    ),
  ),
  template(kinds.answerDigestMail, async (db, input, url, { content }) =>
    buyerUpdates.digestMail(input, await queries.loadQuoteLines(db, content.quoteIds), url),
  ),
  template(kinds.enquiryMessageMail, async (db, input, url, { content }) =>
    updates.enquiryMessageMail(input, await messageOf(db, content), url),
  ),
  template(kinds.buyerMessageMail, async (db, input, url, { content }) =>
    buyerUpdates.buyerMessageMail(input, await messageOf(db, content), url),
  ),
  template(kinds.revisionAskedMail, async (db, input, url, { content }) =>
    updates.revisionMail(input, await messageOf(db, content), url),
  ),
  template(kinds.deadlineMovedMail, async (_db, input, url, { content }) =>
    updates.deadlineMail(input, content, url),
  ),
  template(kinds.outcomeMail, async (db, input, url, { content }) => {
    const quoted = content.quoteId ? await queries.loadQuoteLines(db, [content.quoteId]) : [];
    // An answer has all lines of its enquiry.
    const own = numberedInEnquiry(quoted).filter(({ line }) => content.lineIds.includes(line.id));
    return updates.outcomeMail(input, content, own, url);
  }),
  template(kinds.acceptanceCopyMail, async (db, input, url, { content: { lines } }) => {
    const acceptedKeys = new Set(lines.map(({ quoteId, lineId }) => `${quoteId} ${lineId}`));
    const quoted = await queries.loadQuoteLines(db, [...new Set(lines.map(({ quoteId }) => quoteId))]);
    const accepted = quoted.filter(({ quote, line }) => acceptedKeys.has(`${quote.id} ${line.id}`));
    return buyerUpdates.acceptanceMail(input, accepted, url);
  }),
];
