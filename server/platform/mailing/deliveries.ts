import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import type { DeliveryRow } from './template.ts';

export type NewDelivery = typeof deliveries.$inferInsert;

/** Inserts mails, skipping those with a known dedupe key. Returns the new ones. */
export async function insertDeliveries(
  tx: Db,
  rows: NewDelivery[],
): Promise<{ id: string; dedupeKey: string }[]> {
  const records = rows.map((row) => ({ ...row, content: row.content ?? {} }));
  const inserted = await tx.execute<{ id: string; dedupeKey: string }>(sql`
    insert into deliveries (kind, dedupe_key, subject_type, subject_id, role, agent_id, to_email, to_name, locale,
                            content, message_id, decided_at, status_at)
    select "kind", "dedupeKey", "subjectType", "subjectId", "role", "agentId", "toEmail", "toName", "locale",
           "content", "messageId", "decidedAt", "statusAt"
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (
      "kind" text, "dedupeKey" text, "subjectType" text, "subjectId" uuid, "role" text, "agentId" bigint,
      "toEmail" text, "toName" text, "locale" text, "content" jsonb, "messageId" text,
      "decidedAt" timestamptz, "statusAt" timestamptz)
    on conflict (dedupe_key) do nothing
    returning id, dedupe_key as "dedupeKey"`);
  return inserted.map(({ id, dedupeKey }) => ({ id, dedupeKey }));
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryRow | null> {
  const [found] = await db.select().from(deliveries).where(eq(deliveries.id, id));
  return found ?? null;
}

interface DeliveryEnd {
  status: 'sent' | 'bounced' | 'suppressed' | 'failed' | 'withdrawn';
  at: Date;
  error?: string;
  forgetContent: boolean;
}

/** Sets the final status of a digest and of the mails in it. */
async function finishDigest(tx: Db, id: string, end: DeliveryEnd): Promise<void> {
  await finish(tx, id, end);
  await tx.execute(sql`
    with contained as (delete from waiting_mails where digest_id = ${id} returning delivery_id)
    update deliveries set status = ${end.status}, status_at = ${end.at.toISOString()}, last_error = ${end.error ?? null}
    from contained where deliveries.id = contained.delivery_id and deliveries.status = 'waiting'`);
}

/** Sets the final status of a delivery that is still queued. `forgetContent`: empties its content. */
export async function finishDelivery(
  db: Db,
  { id, kind }: Pick<DeliveryRow, 'id' | 'kind'>,
  end: DeliveryEnd,
): Promise<void> {
  if (kind === 'digest') return db.transaction((tx) => finishDigest(tx, id, end));
  await finish(db, id, end);
}

const isUnsent = (status: DeliveryEnd['status']): boolean =>
  status === 'withdrawn' || status === 'suppressed';

async function finish(db: Db, id: string, end: DeliveryEnd): Promise<void> {
  await db
    .update(deliveries)
    .set({
      status: end.status,
      statusAt: end.at,
      attempts: isUnsent(end.status) ? deliveries.attempts : sql`${deliveries.attempts} + 1`,
      lastError: end.error ?? null,
      ...(end.forgetContent ? { content: {} } : {}),
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, 'queued')));
}

/** Counts a failed attempt that will be retried. `isRecipient`: only this recipient was refused. */
export async function countAttempt(
  db: Db,
  id: string,
  { error, isRecipient }: { error: string; isRecipient: boolean },
): Promise<void> {
  await db
    .update(deliveries)
    .set({
      attempts: sql`${deliveries.attempts} + 1`,
      deferrals: sql`${deliveries.deferrals} + ${isRecipient ? 1 : 0}`,
      lastError: error,
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, 'queued')));
}

/** Records the first time that a person acted by this mail's link. */
export async function markRead(tx: Db, id: string, at: Date): Promise<void> {
  await tx
    .update(deliveries)
    .set({ readAt: at })
    .where(and(eq(deliveries.id, id), isNull(deliveries.readAt)));
}

/** Makes the former link of a mail invalid. `revokedAt` null: the new one works. */
export async function changeLink(tx: Db, deliveryId: string, revokedAt: Date | null): Promise<void> {
  await tx
    .update(deliveries)
    .set({ linkVersion: sql`${deliveries.linkVersion} + 1`, linkRevokedAt: revokedAt })
    .where(eq(deliveries.id, deliveryId));
}
