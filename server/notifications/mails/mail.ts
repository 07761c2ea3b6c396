import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Mail } from '#server/platform/mail.ts';
import type { MailContents, MailKind } from '../events.ts';
import * as queries from '../queries.ts';
import { voiceOf } from '../words/voice.ts';
import { callBackMail } from './call-back.ts';
import { type MailDocument, oneLine } from './document.ts';
import { htmlOf } from './html.ts';
import * as news from './news.ts';
import * as specification from './specification.ts';
import { textOf } from './text.ts';

type Sender = Pick<Context, 'db' | 'config' | 'links'>;

/**
 * The mail of a delivery, made of rows that never change: rendered again it is the same, with the same Message-ID,
 * Date and link.
 */
export async function mailOf(ctx: Sender, rows: queries.LoadedMail): Promise<Mail> {
  const { delivery, request } = rows;
  const document = isOfRequest(rows) ? await documentOf(ctx, rows) : callBackDocument(ctx, delivery);
  return {
    from: ctx.config.mailFrom,
    to: { name: oneLine(delivery.toName), address: delivery.toEmail },
    subject: oneLine(document.subject),
    text: textOf(document),
    html: htmlOf(document),
    messageId: delivery.messageId,
    date: delivery.decidedAt,
    headers: {
      'X-Quoteline-Kind': delivery.kind,
      ...(request ? { 'X-Quoteline-Request': request.number } : {}),
      'Auto-Submitted': 'auto-generated',
    },
  };
}

const isOfRequest = (rows: queries.LoadedMail): rows is queries.MailRows => rows.request !== null;

/** Its link leads to the desk, where the agent logs in: whoever else reads the mail learns no more by it. */
function callBackDocument({ config }: Sender, delivery: queries.DeliveryRow): MailDocument {
  const content = contentOf('call-back', delivery);
  const voice = voiceOf(delivery.locale, content.timeZone);
  return callBackMail(voice, content, `${config.publicUrl}/agent`);
}

/** The buyer's link follows the request; a vendor's person answers by one link, the same in all mails to them. */
function linkOf({ config, links }: Sender, { delivery, request, enquiry, linkDeliveryId }: queries.MailRows) {
  if (delivery.role === 'buyer' || !enquiry) {
    return `${config.publicUrl}/f/${links.issue('follow', request.id, request.linkVersion)}`;
  }
  return `${config.publicUrl}/e/${links.issue('answer', linkDeliveryId ?? delivery.id, enquiry.linkVersion)}`;
}

async function documentOf(ctx: Sender, rows: queries.MailRows): Promise<MailDocument> {
  const { db } = ctx;
  const { delivery, request, enquiry } = rows;
  const ofVendor = delivery.role === 'buyer' ? undefined : enquiry?.vendorTimeZone;
  const writing = { voice: voiceOf(delivery.locale, ofVendor ?? request.timeZone ?? 'UTC'), rows };
  const url = linkOf(ctx, rows);
  const ofEnquiry = { enquiryId: delivery.subjectId };
  const kind = delivery.kind as MailKind;
  switch (kind) {
    case 'request-copy': {
      const lines = await queries.loadLines(db, { requestId: request.id });
      return specification.copyMail(writing, lines, url);
    }
    case 'enquiry':
      return specification.enquiryMail(writing, await queries.loadLines(db, ofEnquiry), url);
    case 'answer-digest': {
      const { quoteIds } = contentOf(kind, delivery);
      return news.digestMail(writing, await queries.loadQuoteLines(db, quoteIds), url);
    }
    case 'enquiry-message':
      return news.enquiryMessageMail(writing, await messageOf(db, contentOf(kind, delivery)), url);
    case 'buyer-message':
      return news.buyerMessageMail(writing, await messageOf(db, contentOf(kind, delivery)), url);
    case 'revision-asked':
      return news.revisionMail(writing, await messageOf(db, contentOf(kind, delivery)), url);
    case 'deadline-moved':
      return news.deadlineMail(writing, contentOf(kind, delivery), url);
    case 'outcome': {
      const content = contentOf(kind, delivery);
      const quoted = content.quoteId ? await queries.loadQuoteLines(db, [content.quoteId]) : [];
      const own = quoted.filter(({ line }) => content.lineIds.includes(line.id));
      return news.outcomeMail(writing, content, own, url);
    }
    case 'acceptance-copy': {
      const { lines } = contentOf(kind, delivery);
      const placed = new Set(lines.map(({ quoteId, lineId }) => `${quoteId} ${lineId}`));
      const quoted = await queries.loadQuoteLines(db, [...new Set(lines.map(({ quoteId }) => quoteId))]);
      const accepted = quoted.filter(({ quote, line }) => placed.has(`${quote.id} ${line.id}`));
      return news.acceptanceMail(writing, accepted, url);
    }
    case 'call-back':
      throw new Error('a call-back request is no request for quotes');
  }
}

/** The row holds what was frozen for its kind when the mail was decided. */
function contentOf<K extends MailKind>(_kind: K, delivery: queries.DeliveryRow): MailContents[K] {
  return delivery.content as unknown as MailContents[K];
}

async function messageOf(db: Db, { messageId }: { messageId: string }): Promise<news.ThreadMessage> {
  const found = await queries.loadMessage(db, messageId);
  if (!found) throw new Error(`no message ${messageId}`);
  return { ...found.message, vendorName: found.vendorName };
}
