import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries, waitingMails } from '#db/tables/deliveries.ts';
import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '../jobs.ts';
import { insertDeliveries } from './deliveries.ts';
import { sendDelivery } from './queue.ts';
import { dedupeKeyOf, messageIdOf } from './rules.ts';
import { defineMail } from './template.ts';

/** Mails beyond a cap in one mail. Its subject is the first of them. */
export const digestMail = defineMail<{ deliveryIds: string[] }>('digest', 'delivery');

/** Mails whose hour has come. */
const decideDigests = defineJob<Record<string, never>>('mail-digests', {
  oneAtATime: true,
  everySeconds: 60,
});

/** Keeps a mail readable; what is left goes into another. */
const mostInOne = 1_000;

type DigestContext = Pick<Context, 'db' | 'config' | 'jobs' | 'clock'>;

export const digestJobs = (ctx: Context): JobHandler[] => [
  handle(decideDigests, async () => void (await sendDigests(ctx))),
];

/** Queues one digest for each address with mails whose time has come. Returns the number of digests. */
export async function sendDigests(ctx: DigestContext): Promise<number> {
  const at = ctx.clock.now();
  let sent = 0;
  for (;;) {
    const keys = await dueKeys(ctx.db, at);
    if (keys.length === 0) return sent;
    for (const key of keys) {
      if (await ctx.db.transaction((tx) => queueDigest(tx, ctx, key, at))) sent += 1;
    }
  }
}

const isDue = (at: Date) => and(isNull(waitingMails.digestId), lte(waitingMails.goesOutAt, at));

async function dueKeys(db: Db, at: Date): Promise<string[]> {
  const rows = await db
    .selectDistinct({ key: waitingMails.key })
    .from(waitingMails)
    .where(isDue(at))
    .limit(100);
  return rows.map(({ key }) => key);
}

/** Claims the waiting mails of an address and queues their digest. Returns false if another process did. */
async function queueDigest(tx: Db, ctx: DigestContext, key: string, at: Date): Promise<boolean> {
  const waiting = await tx
    .select({ delivery: deliveries })
    .from(waitingMails)
    .innerJoin(deliveries, eq(deliveries.id, waitingMails.deliveryId))
    .where(and(eq(waitingMails.key, key), isDue(at)))
    .orderBy(asc(waitingMails.deliveryId))
    .limit(mostInOne)
    .for('update', { of: waitingMails });
  const [first] = waiting;
  if (!first) return false;
  const { role, agentId, toEmail, toName, locale } = first.delivery;
  const deliveryIds = waiting.map(({ delivery }) => delivery.id);
  const row = {
    ...{ kind: digestMail.name, subjectType: digestMail.subjectType, subjectId: first.delivery.id },
    ...{ role, agentId, toEmail, toName, locale, content: { deliveryIds }, decidedAt: at, statusAt: at },
    dedupeKey: dedupeKeyOf(digestMail.name, first.delivery.id, toEmail),
    messageId: messageIdOf(randomUUID(), ctx.config.publicUrl),
  };
  const [digest] = await insertDeliveries(tx, [row]);
  if (!digest) throw new Error(`the mail ${first.delivery.id} is in two digests`);
  await tx
    .update(waitingMails)
    .set({ digestId: digest.id })
    .where(inArray(waitingMails.deliveryId, deliveryIds));
  await ctx.jobs.enqueue(tx, sendDelivery, [{ deliveryId: digest.id }]);
  return true;
}
