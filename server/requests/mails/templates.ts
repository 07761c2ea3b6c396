import type { Db } from '#db/client.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import {
  type Delivery,
  type MailContext,
  type MailKind,
  mailTemplate,
} from '#server/platform/mailing/template.ts';
import { voiceOf } from '#server/platform/mailing/voice.ts';
import { inEveryLanguage } from '#server/platform/words.ts';
import * as kinds from './kinds.ts';
import * as news from './news.ts';
import type { RequestMailWords, Writing } from './parts.ts';
import * as queries from './queries.ts';
import * as specification from './specification.ts';

const words = await inEveryLanguage<RequestMailWords>(`${import.meta.dirname}/../words`, 'mails');

/** Returns a template whose mails belong to a request and carry its number and the recipient's link. */
function template<Content extends object>(
  kind: MailKind<Content>,
  document: (db: Db, writing: Writing, url: string, delivery: Delivery<Content>) => Promise<MailDocument>,
) {
  return mailTemplate(kind, async (ctx, delivery) => {
    const rows = { ...(await queries.loadSubject(ctx.db, delivery)), delivery };
    const { request, enquiry } = rows;
    const ofVendor = delivery.role === 'buyer' ? undefined : enquiry?.vendorTimeZone;
    const voice = voiceOf(words, delivery.locale, ofVendor ?? request.timeZone ?? 'UTC');
    return {
      document: await document(ctx.db, { voice, rows }, linkOf(ctx, rows, delivery.id), delivery),
      headers: { 'X-Quoteline-Request': request.number },
    };
  });
}

/**
 * Returns the follow link for the buyer, and for a vendor's person their answer link, the same in all their mails.
 */
function linkOf(
  { config, links }: MailContext,
  { delivery, request, enquiry, linkDeliveryId }: queries.MailRows,
  deliveryId: string,
): string {
  if (delivery.role === 'buyer' || !enquiry) {
    return `${config.publicUrl}/f/${links.issue('follow', request.id, request.linkVersion)}`;
  }
  return `${config.publicUrl}/e/${links.issue('answer', linkDeliveryId ?? deliveryId, enquiry.linkVersion)}`;
}

async function messageOf(db: Db, { messageId }: { messageId: string }): Promise<news.ThreadMessage> {
  const found = await queries.loadMessage(db, messageId);
  if (!found) throw new Error(`no message ${messageId}`);
  return { ...found.message, vendorName: found.vendorName };
}

/** Every kind of mail about requests. */
export const requestMails = [
  template(kinds.requestCopyMail, async (db, writing, url, { subjectId }) =>
    specification.copyMail(writing, await queries.loadLines(db, { requestId: subjectId }), url),
  ),
  template(kinds.enquiryMail, async (db, writing, url, { subjectId }) =>
    specification.enquiryMail(writing, await queries.loadLines(db, { enquiryId: subjectId }), url),
  ),
  template(kinds.answerDigestMail, async (db, writing, url, { content }) =>
    news.digestMail(writing, await queries.loadQuoteLines(db, content.quoteIds), url),
  ),
  template(kinds.enquiryMessageMail, async (db, writing, url, { content }) =>
    news.enquiryMessageMail(writing, await messageOf(db, content), url),
  ),
  template(kinds.buyerMessageMail, async (db, writing, url, { content }) =>
    news.buyerMessageMail(writing, await messageOf(db, content), url),
  ),
  template(kinds.revisionAskedMail, async (db, writing, url, { content }) =>
    news.revisionMail(writing, await messageOf(db, content), url),
  ),
  template(kinds.deadlineMovedMail, async (_db, writing, url, { content }) =>
    news.deadlineMail(writing, content, url),
  ),
  template(kinds.outcomeMail, async (db, writing, url, { content }) => {
    const quoted = content.quoteId ? await queries.loadQuoteLines(db, [content.quoteId]) : [];
    const own = quoted.filter(({ line }) => content.lineIds.includes(line.id));
    return news.outcomeMail(writing, content, own, url);
  }),
  template(kinds.acceptanceCopyMail, async (db, writing, url, { content: { lines } }) => {
    const placed = new Set(lines.map(({ quoteId, lineId }) => `${quoteId} ${lineId}`));
    const quoted = await queries.loadQuoteLines(db, [...new Set(lines.map(({ quoteId }) => quoteId))]);
    const accepted = quoted.filter(({ quote, line }) => placed.has(`${quote.id} ${line.id}`));
    return news.acceptanceMail(writing, accepted, url);
  }),
];
