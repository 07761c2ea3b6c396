import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import {
  type BuyerMailKind,
  type MailContents,
  type MailKind,
  sendDelivery,
  type VendorMailKind,
} from './events.ts';
import type { MailOutcome } from '#server/platform/mail.ts';
import { mailOf } from './mails/mail.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';

/** One mail to one person, decided: who, about what, and the reason that makes it unique. */
export interface DecidedMail<K extends MailKind = MailKind> {
  kind: K;
  subjectType: 'request' | 'enquiry' | 'call_back';
  subjectId: string;
  /** With kind and address, what this mail is never sent twice for (a message's id, "sent", ...). */
  reason: string;
  role: string;
  agentId?: number;
  toEmail: string;
  toName: string;
  locale: string;
  content?: MailContents[K];
}

type QueueContext = Pick<Context, 'config' | 'jobs'>;

/**
 * Decides mails in the caller's transaction: Message-ID and Date are fixed now, jobs run after the commit. What was
 * decided before for the same reason is left out. Two statements for any number; answers how many were new.
 */
export async function queue(tx: Db, ctx: QueueContext, mails: DecidedMail[], at: Date): Promise<number> {
  if (mails.length === 0) return 0;
  const rows = mails.map(({ reason, ...mail }) => ({
    ...mail,
    content: mail.content ?? {},
    dedupeKey: rules.dedupeKeyOf(mail.kind, `${mail.subjectId}:${reason}`, mail.toEmail),
    messageId: rules.messageIdOf(randomUUID(), ctx.config.publicUrl),
    decidedAt: at,
    statusAt: at,
  }));
  const ids = await queries.insertDeliveries(tx, rows);
  await ctx.jobs.enqueue(
    tx,
    sendDelivery,
    ids.map((deliveryId) => ({ deliveryId })),
  );
  return ids.length;
}

export interface VendorNews<K extends VendorMailKind = VendorMailKind> {
  enquiryId: string;
  kind: K;
  reason: string;
  content: MailContents[K];
}

/** Mails news to everybody of each vendor who got the enquiry. Three statements for any number. */
export async function tellVendors(tx: Db, ctx: QueueContext, news: VendorNews[], at: Date): Promise<number> {
  if (news.length === 0) return 0;
  const recipients = await queries.recipientsOf(
    tx,
    news.map((item) => item.enquiryId),
  );
  const mails = news.flatMap((item) =>
    recipients
      .filter((recipient) => recipient.subjectId === item.enquiryId)
      .map((recipient): DecidedMail => ({
        ...item,
        subjectType: 'enquiry',
        subjectId: item.enquiryId,
        role: recipient.role,
        agentId: recipient.agentId ?? undefined,
        toEmail: recipient.toEmail,
        toName: recipient.toName,
        locale: recipient.locale,
      })),
  );
  return queue(tx, ctx, mails, at);
}

/** Mails news to the buyer of a request. Three statements. */
export async function tellBuyer<K extends BuyerMailKind>(
  tx: Db,
  ctx: QueueContext,
  news: { requestId: string; enquiryId?: string; kind: K; reason: string; content: MailContents[K] },
  at: Date,
): Promise<number> {
  const buyer = await queries.buyerOf(tx, news.requestId);
  if (!buyer) return 0;
  const mail: DecidedMail = {
    ...news,
    ...(news.enquiryId === undefined
      ? { subjectType: 'request', subjectId: news.requestId }
      : { subjectType: 'enquiry', subjectId: news.enquiryId }),
    role: 'buyer',
    toEmail: buyer.email,
    toName: buyer.name,
    locale: buyer.locale,
  };
  return queue(tx, ctx, [mail], at);
}

/**
 * Mails agents that somebody wants to be called back, each once however often that changes: later news stand on their
 * desks. Two statements for any number.
 */
export async function tellOfCallBack(
  tx: Db,
  ctx: QueueContext,
  { callBackId, agents, content }: CallBackNews,
  at: Date,
): Promise<number> {
  const mails = agents.map(({ agentId, email, name, locale }): DecidedMail<'call-back'> => ({
    ...{
      kind: 'call-back',
      reason: 'asked',
      subjectType: 'call_back',
      subjectId: callBackId,
      role: 'agent',
      agentId,
      locale,
      content,
    },
    toEmail: email,
    toName: name,
  }));
  return queue(tx, ctx, mails, at);
}

export interface CallBackNews {
  callBackId: string;
  agents: readonly { agentId: number; email: string; name: string; locale: string }[];
  content: MailContents['call-back'];
}

/** A person acted behind the link of this mail; only the first time is kept. One statement. */
export const markRead: (tx: Db, deliveryId: string, at: Date) => Promise<void> = queries.markRead;

/**
 * Hands one mail to the mail server. A refusal for good ends it as `bounced`, with the server's words; anything else
 * throws, is counted and tried again later, until the mail is old enough to have `failed`. A crash between the
 * server's "250" and our note of it sends an identical copy: the same Message-ID, Date and link. What is about a
 * call-back request that is over isn't sent.
 */
export async function deliver(ctx: Context, deliveryId: string): Promise<void> {
  const rows = await queries.loadMail(ctx.db, deliveryId);
  if (rows?.delivery.status !== 'queued') return;
  if (rules.isWithdrawn(rows.callBackStatus)) {
    return queries.settle(ctx.db, deliveryId, { status: 'withdrawn', at: ctx.clock.now() });
  }
  const { outcome, failure } = await attempt(ctx, rows);
  const at = ctx.clock.now();
  if (outcome?.sent) return queries.settle(ctx.db, deliveryId, { status: 'sent', at });
  if (outcome) return queries.settle(ctx.db, deliveryId, { status: 'bounced', at, error: outcome.refusal });

  const error = (failure instanceof Error ? failure.message : String(failure)).slice(0, longestError);
  const { decidedAt, attempts } = rows.delivery;
  if (rules.isGivenUp(decidedAt, attempts + 1, at)) {
    return queries.settle(ctx.db, deliveryId, { status: 'failed', at, error });
  }
  await queries.countAttempt(ctx.db, deliveryId, error);
  throw failure;
}

const longestError = 500;

async function attempt(
  ctx: Context,
  rows: queries.LoadedMail,
): Promise<{ outcome: MailOutcome | null; failure?: unknown }> {
  try {
    return { outcome: await ctx.mailer.send(await mailOf(ctx, rows)) };
  } catch (failure) {
    return { outcome: null, failure };
  }
}
