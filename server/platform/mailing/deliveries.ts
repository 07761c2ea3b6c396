import { and, eq, isNull, sql } from 'drizzle-orm';
import { builtOnce, type Given } from '#db/built.ts';
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

/** Returns the mails that are still queued, by id, each with whether its address is suppressed. */
export async function findQueued(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, { delivery: DeliveryRow; isSuppressed: boolean }>> {
  const rows = await queued(db, { ids: `{${ids.join()}}` });
  return new Map(rows.map((row) => [row.delivery.id, row]));
}

const queued = builtOnce((db, given: Given<{ ids: string }>) =>
  db
    .select({
      delivery: deliveries,
      isSuppressed: sql<boolean>`exists (
        select from mail_suppressions where email = lower(${deliveries.toEmail}))`,
    })
    .from(deliveries)
    .where(and(sql`${deliveries.id} = any(${given.ids}::uuid[])`, eq(deliveries.status, 'queued'))),
);

/** How an attempt to send a mail ended. `status` null: it stays queued, to be retried. */
export interface AttemptEnd {
  id: string;
  status: 'sent' | 'bounced' | 'suppressed' | 'failed' | 'withdrawn' | null;
  at: Date;
  error?: string;
  /** Only this recipient was refused. */
  isDeferral?: boolean;
  /** Empties the content. */
  forgetContent: boolean;
  isDigest: boolean;
}

/** Stores how these attempts ended, unless the mail isn't queued any more: also of the mails in a digest. */
export async function storeEnds(db: Db, ends: readonly AttemptEnd[]): Promise<void> {
  const digests = ends.filter(({ isDigest, status }) => isDigest && status !== null);
  // Also a single statement: reads must not wait with it for locks.
  await db.transaction(async (tx) => {
    await storeOwn(tx, ends);
    for (const digest of digests) await storeContained(tx, digest);
  });
}

async function storeOwn(tx: Db, ends: readonly AttemptEnd[]): Promise<void> {
  const records = ends.map(({ id, status, at, error, isDeferral, forgetContent }) => ({
    ...{ id, status, at, error: error ?? null, forget: forgetContent && status !== null },
    attempts: status === 'withdrawn' || status === 'suppressed' ? 0 : 1,
    deferrals: isDeferral ? 1 : 0,
  }));
  await tx.execute(sql`
    update deliveries d set
      status = coalesce(e.status, d.status),
      status_at = case when e.status is null then d.status_at else e.at end,
      attempts = d.attempts + e.attempts,
      deferrals = d.deferrals + e.deferrals,
      last_error = e.error,
      content = case when e.forget then '{}' else d.content end
    from (
      -- In the order of ids, to avoid deadlocks. PostgreSQL expects a hundred rows of a recordset, unless it reads a limit.
      select * from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (
        id uuid, status text, at timestamptz, error text, forget boolean, attempts int, deferrals int)
      order by id limit ${records.length}::int) as e
    where d.id = e.id and d.status = 'queued'`);
}

async function storeContained(tx: Db, { id, status, at, error }: AttemptEnd): Promise<void> {
  await tx.execute(sql`
    with contained as (delete from waiting_mails where digest_id = ${id} returning delivery_id)
    update deliveries set status = ${status}, status_at = ${at.toISOString()}, last_error = ${error ?? null}
    from contained where deliveries.id = contained.delivery_id and deliveries.status = 'waiting'`);
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

/** Makes a mail that was sent or given up wait again, as if it were new. */
export async function requeueDelivery(tx: Db, id: string, at: Date): Promise<void> {
  await tx
    .update(deliveries)
    .set({ status: 'queued', statusAt: at, attempts: 0, deferrals: 0, lastError: null })
    .where(eq(deliveries.id, id));
}
