import type { Db } from '#db/client.ts';
import type { MailDocument } from '#server/platform/mailing/document.ts';
import {
  type Delivery,
  type MailContext,
  type MailKind,
  sharingTemplate,
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

/**
 * Defines a mail about a request, with its number as header and the recipient's link. `read`: reads what the mails say
 * besides, for many of them at once.
 */
function template<Content extends object, Rows>(
  kind: MailKind<Content>,
  read: (db: Db, deliveries: readonly Delivery<Content>[]) => Promise<Rows>,
  document: (input: RequestMailInput, url: string, delivery: Delivery<Content>, rows: Rows) => MailDocument,
) {
  return sharingTemplate(
    kind,
    async ({ db }, deliveries) => {
      const [subjectOf, rows] = await Promise.all([
        queries.loadSubjects(db, deliveries),
        read(db, deliveries),
      ]);
      return { subjectOf, rows };
    },
    (ctx, delivery, { subjectOf, rows }) => {
      const subject = { ...subjectOf(delivery), delivery };
      const { request, enquiry } = subject;
      if (delivery.role !== 'buyer' && subject.link?.isRevoked) return null;
      const ofVendor = delivery.role === 'buyer' ? undefined : enquiry?.vendorTimeZone;
      const translator = translatorFor(words, delivery.locale, ofVendor ?? request.timeZone ?? 'UTC');
      return {
        document: document({ translator, rows: subject }, linkOf(ctx, subject), delivery, rows),
        headers: { 'X-Quoteline-Request': request.number },
      };
    },
  );
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

type Deliveries<Content extends object = object> = readonly Delivery<Content>[];

const subjectsOf = (deliveries: Deliveries): string[] => deliveries.map(({ subjectId }) => subjectId);

const readMessages = (db: Db, deliveries: Deliveries<{ messageId: string }>) =>
  queries.loadMessages(
    db,
    deliveries.map(({ content }) => content.messageId),
  );

type Messages = Awaited<ReturnType<typeof readMessages>>;

function messageOf(messages: Messages, { messageId }: { messageId: string }): updates.ThreadMessage {
  const found = messages.get(messageId);
  if (!found) throw new Error(`no message ${messageId}`);
  return found;
}

/** Returns the lines of these quotes, in the order of the request. */
function linesOf(quoted: readonly queries.MailQuoteLine[], quoteIds: readonly string[]) {
  return quoted.filter(({ quote }) => quoteIds.includes(quote.id));
}

/** For mails that say nothing besides. */
const readNothing = () => Promise.resolve(null);

/** All mails about requests. */
export const requestMails = [
  template(
    kinds.requestCopyMail,
    (db, deliveries) => queries.loadRequestLines(db, subjectsOf(deliveries)),
    (input, url, { subjectId }, lines) => specification.copyMail(input, lines.get(subjectId) ?? [], url),
  ),
  waitingTemplate(words),
  template(kinds.linkRenewedMail, readNothing, (input, url) => linkMails.renewedMail(input, url)),
  template(kinds.linkRevokedMail, readNothing, (input, url, { content }) =>
    linkMails.revokedMail(input, content, url),
  ),
  template(
    kinds.enquiryMail,
    (db, deliveries) => queries.loadEnquiryLines(db, subjectsOf(deliveries)),
    (input, url, { subjectId }, lines) =>
      specification.enquiryMail(input, numberedInEnquiry(lines.get(subjectId) ?? []), url),
  ),
  template(
    kinds.answerDigestMail,
    (db, deliveries) =>
      queries.loadQuoteLines(
        db,
        deliveries.flatMap(({ content }) => content.quoteIds),
      ),
    (input, url, { content }, quoted) =>
      buyerUpdates.digestMail(input, linesOf(quoted, content.quoteIds), url),
  ),
  template(kinds.enquiryMessageMail, readMessages, (input, url, { content }, messages) =>
    updates.enquiryMessageMail(input, messageOf(messages, content), url),
  ),
  template(kinds.buyerMessageMail, readMessages, (input, url, { content }, messages) =>
    buyerUpdates.buyerMessageMail(input, messageOf(messages, content), url),
  ),
  template(kinds.revisionAskedMail, readMessages, (input, url, { content }, messages) =>
    updates.revisionMail(input, messageOf(messages, content), url),
  ),
  template(kinds.deadlineMovedMail, readNothing, (input, url, { content }) =>
    updates.deadlineMail(input, content, url),
  ),
  template(
    kinds.outcomeMail,
    (db, deliveries) =>
      queries.loadQuoteLines(
        db,
        deliveries.flatMap(({ content }) => content.quoteId ?? []),
      ),
    (input, url, { content }, quoted) => {
      const lines = linesOf(quoted, content.quoteId ? [content.quoteId] : []);
      // An answer has all lines of its enquiry.
      const own = numberedInEnquiry(lines).filter(({ line }) => content.lineIds.includes(line.id));
      return updates.outcomeMail(input, content, own, url);
    },
  ),
  template(
    kinds.acceptanceCopyMail,
    (db, deliveries) =>
      queries.loadQuoteLines(
        db,
        deliveries.flatMap(({ content }) => content.lines.map(({ quoteId }) => quoteId)),
      ),
    (input, url, { content: { lines } }, quoted) => {
      const acceptedKeys = new Set(lines.map(({ quoteId, lineId }) => `${quoteId} ${lineId}`));
      const accepted = quoted.filter(({ quote, line }) => acceptedKeys.has(`${quote.id} ${line.id}`));
      return buyerUpdates.acceptanceMail(input, accepted, url);
    },
  ),
];
