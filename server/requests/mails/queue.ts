import type { Db } from '#db/client.ts';
import { type DecidedMail, type QueueContext, queueMails } from '#server/platform/mailing/queue.ts';
import type { MailKind } from '#server/platform/mailing/template.ts';
import * as queries from './queries.ts';

export interface VendorNews<Content extends object> {
  enquiryId: string;
  kind: MailKind<Content>;
  reason: string;
  content: Content;
}

/** Mails everybody of each vendor who got the enquiry. Returns how many mails were new. */
export async function mailVendors<Content extends object>(
  tx: Db,
  ctx: QueueContext,
  news: readonly VendorNews<Content>[],
  at: Date,
): Promise<number> {
  if (news.length === 0) return 0;
  const recipients = await queries.recipientsOf(
    tx,
    news.map((item) => item.enquiryId),
  );
  const mails = news.flatMap(({ enquiryId, ...mail }) =>
    recipients
      .filter((recipient) => recipient.subjectId === enquiryId)
      .map(({ role, agentId, toEmail, toName, locale }): DecidedMail<Content> => ({
        ...mail,
        subjectId: enquiryId,
        to: { role, agentId: agentId ?? undefined, email: toEmail, name: toName, locale },
      })),
  );
  return queueMails(tx, ctx, mails, at);
}

/** Mails the buyer of a request, about it or about the `subjectId` given. Returns how many mails were new. */
export async function mailBuyer<Content extends object>(
  tx: Db,
  ctx: QueueContext,
  news: { requestId: string; subjectId?: string; kind: MailKind<Content>; reason: string; content: Content },
  at: Date,
): Promise<number> {
  const buyer = await queries.buyerOf(tx, news.requestId);
  if (!buyer) return 0;
  const { requestId, subjectId = requestId, ...mail } = news;
  return queueMails(tx, ctx, [{ ...mail, subjectId, to: { ...buyer, role: 'buyer' } }], at);
}
