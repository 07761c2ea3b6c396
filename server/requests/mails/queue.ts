import type { Db } from '#db/client.ts';
import type { MailCap } from '#server/platform/mailing/caps.ts';
import { type DecidedMail, type QueueContext, queueMails } from '#server/platform/mailing/queue.ts';
import type { MailKind } from '#server/platform/mailing/template.ts';
import * as queries from './queries.ts';

export interface VendorMail<Content extends object> {
  enquiryId: string;
  kind: MailKind<Content>;
  reason: string;
  content: Content;
  /** For what a buyer can have mailed at will. */
  cap?: MailCap;
}

/** Mails all people at each vendor who got the enquiry. Returns the number of new mails. */
export async function mailVendors<Content extends object>(
  tx: Db,
  ctx: QueueContext,
  toSend: readonly VendorMail<Content>[],
  at: Date,
): Promise<number> {
  if (toSend.length === 0) return 0;
  const recipients = await queries.recipientsOf(
    tx,
    toSend.map((mail) => mail.enquiryId),
  );
  const mails = toSend.flatMap(({ enquiryId, ...mail }) =>
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

/** Mails the buyer of a request. `subjectId`: default the request. Returns the number of new mails. */
export async function mailBuyer<Content extends object>(
  tx: Db,
  ctx: QueueContext,
  toSend: {
    requestId: string;
    subjectId?: string;
    kind: MailKind<Content>;
    reason: string;
    content: Content;
  },
  at: Date,
): Promise<number> {
  const buyer = await queries.buyerOf(tx, toSend.requestId);
  if (!buyer) return 0;
  const { requestId, subjectId = requestId, ...mail } = toSend;
  return queueMails(tx, ctx, [{ ...mail, subjectId, to: { ...buyer, role: 'buyer' } }], at);
}
