import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { defineJob } from '../jobs.ts';
import { insertDeliveries } from './deliveries.ts';
import { dedupeKeyOf, messageIdOf } from './rules.ts';
import type { MailKind } from './template.ts';

/**
 * One mail handed to the mail server. The pauses grow to two hours and outlast a week, so that a mail server may be
 * down for days; when to give up is decided by the delivery's own age (`rules.ts`), never by the queue.
 */
export const sendDelivery = defineJob<{ deliveryId: string }>('send-delivery', {
  retryLimit: 100,
  retryDelay: 5,
  retryDelayMax: 7_200,
});

/** Who gets a mail, and as whom: "buyer", "vendor", "agent". */
export interface Recipient {
  role: string;
  agentId?: number;
  email: string;
  name: string;
  locale: string;
}

/** One mail to one person, decided. */
export interface DecidedMail<Content extends object = object> {
  kind: MailKind<Content>;
  subjectId: string;
  /** With kind, subject and address, what this mail is never sent twice for (a message's id, "sent", ...). */
  reason: string;
  to: Recipient;
  content: Content;
}

export type QueueContext = Pick<Context, 'config' | 'jobs'>;

/**
 * Decides mails in the caller's transaction: Message-ID and Date are fixed now, jobs run after the commit. Leaves out
 * what was decided before for the same reason. Returns how many were new.
 */
export async function queueMails(
  tx: Db,
  ctx: QueueContext,
  mails: readonly DecidedMail[],
  at: Date,
): Promise<number> {
  if (mails.length === 0) return 0;
  const rows = mails.map(({ kind, subjectId, reason, to, content }) => ({
    ...{ kind: kind.name, subjectType: kind.subjectType, subjectId },
    ...{ role: to.role, agentId: to.agentId, toEmail: to.email, toName: to.name, locale: to.locale },
    content: { ...content },
    dedupeKey: dedupeKeyOf(kind.name, `${subjectId}:${reason}`, to.email),
    messageId: messageIdOf(randomUUID(), ctx.config.publicUrl),
    decidedAt: at,
    statusAt: at,
  }));
  const ids = await insertDeliveries(tx, rows);
  await ctx.jobs.enqueue(
    tx,
    sendDelivery,
    ids.map((deliveryId) => ({ deliveryId })),
  );
  return ids.length;
}
