import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { isErased } from '../personal.ts';
import { defineJob } from '../jobs.ts';
import { holdBeyondCaps, type MailCap } from './caps.ts';
import { suppressUnwanted, unwantedOf } from './choices.ts';
import { insertDeliveries } from './deliveries.ts';
import { dedupeKeyOf, messageIdOf } from './rules.ts';
import type { MailKind } from './template.ts';

/**
 * Sends one mail. `isGivenUp` decides by the mail's age when to stop, and `pauseSeconds` how long to wait after a failure,
 * not the queue: its own short pause is for jobs whose worker died.
 */
export const sendDelivery = defineJob<{ deliveryId: string }>('send-delivery', {
  retryLimit: 5_000,
  retryDelay: 5,
  retryDelayMax: 10,
  together: 50,
});

/** The recipient of a mail. `role`: "buyer", "vendor", "agent". */
export interface Recipient {
  role: string;
  agentId?: number;
  email: string;
  name: string;
  locale: string;
}

/** A mail to one person, to be queued. */
export interface DecidedMail<Content extends object = object> {
  kind: MailKind<Content>;
  subjectId: string;
  /** Deduplicates mails, with kind, subject and address: a message's id, "sent", ... */
  reason: string;
  /** Mails beyond it wait for the address's digest. */
  cap?: MailCap;
  to: Recipient;
  content: Content;
}

export type QueueContext = Pick<Context, 'config' | 'jobs'>;

/**
 * Queues mails in the caller's transaction, with fixed Message-ID and Date. Skips those queued before for the same
 * reason, and those to people who were erased; those that their recipients have switched off are kept unsent. Returns the
 * number of new ones.
 */
export async function queueMails(
  tx: Db,
  ctx: QueueContext,
  mails: readonly DecidedMail[],
  at: Date,
): Promise<number> {
  const reachable = mails.filter(({ to }) => !isErased(to.email));
  const ids = await queueOrHold(tx, ctx, reachable, at);
  return ids.length;
}

/** As `queueMails`. Returns the new mails' ids. */
async function queueOrHold(
  tx: Db,
  ctx: QueueContext,
  mails: readonly DecidedMail[],
  at: Date,
): Promise<string[]> {
  if (mails.length === 0) return [];
  const rows = mails.map(({ kind, subjectId, reason, to, content }) => ({
    ...{ kind: kind.name, subjectType: kind.subjectType, subjectId },
    ...{ role: to.role, agentId: to.agentId, toEmail: to.email, toName: to.name, locale: to.locale },
    content: { ...content },
    dedupeKey: dedupeKeyOf(kind.name, `${subjectId}:${reason}`, to.email),
    messageId: messageIdOf(randomUUID(), ctx.config.publicUrl),
    decidedAt: at,
    statusAt: at,
  }));
  const inserted = new Map((await insertDeliveries(tx, rows)).map(({ id, dedupeKey }) => [dedupeKey, id]));
  const idOf = (mail: DecidedMail) => inserted.get(rows[mails.indexOf(mail)]?.dedupeKey ?? '');
  const unwanted = new Set([...(await unwantedOf(tx, mails))].flatMap((mail) => idOf(mail) ?? []));
  await suppressUnwanted(tx, [...unwanted]);
  const capped = mails.flatMap((mail) => {
    const deliveryId = idOf(mail);
    const isCapped = mail.cap && deliveryId && !unwanted.has(deliveryId);
    return isCapped ? [{ deliveryId, cap: mail.cap!, email: mail.to.email }] : [];
  });
  const held = await holdBeyondCaps(tx, capped, at);
  const ids = [...inserted.values()].filter((id) => !unwanted.has(id));
  await ctx.jobs.enqueue(
    tx,
    sendDelivery,
    ids.filter((id) => !held.has(id)).map((deliveryId) => ({ deliveryId })),
  );
  return ids;
}
