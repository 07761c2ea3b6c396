import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries } from '#db/tables/notifications.ts';
import { requests } from '#db/tables/requests.ts';

export type NewDelivery = typeof deliveries.$inferInsert;
export type DeliveryRow = typeof deliveries.$inferSelect;

/** Writes mails that were decided; answers the ids of those that weren't before. One statement for any number. */
export async function insertDeliveries(tx: Db, rows: NewDelivery[]): Promise<string[]> {
  const records = rows.map((row) => ({ ...row, content: row.content ?? {} }));
  const inserted = await tx.execute<{ id: string }>(sql`
    insert into deliveries (kind, dedupe_key, request_id, enquiry_id, role, agent_id, to_email, to_name, locale,
                            content, message_id, decided_at, status_at)
    select "kind", "dedupeKey", "requestId", "enquiryId", "role", "agentId", "toEmail", "toName", "locale",
           "content", "messageId", "decidedAt", "statusAt"
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (
      "kind" text, "dedupeKey" text, "requestId" uuid, "enquiryId" uuid, "role" text, "agentId" bigint,
      "toEmail" text, "toName" text, "locale" text, "content" jsonb, "messageId" text,
      "decidedAt" timestamptz, "statusAt" timestamptz)
    on conflict (dedupe_key) do nothing
    returning id`);
  return inserted.map((row) => row.id);
}

/** The people of a vendor who got the enquiry: one row per address. */
export async function recipientsOf(tx: Db, enquiryIds: string[]): Promise<DeliveryRow[]> {
  return tx
    .select()
    .from(deliveries)
    .where(and(inArray(deliveries.enquiryId, enquiryIds), eq(deliveries.kind, 'enquiry')))
    .orderBy(asc(deliveries.id));
}

export async function buyerOf(
  tx: Db,
  requestId: string,
): Promise<{ email: string; name: string; locale: string } | null> {
  const [buyer] = await tx
    .select({ email: requests.contactEmail, name: requests.contactName, locale: requests.locale })
    .from(requests)
    .where(eq(requests.id, requestId));
  return buyer ?? null;
}

export async function findDelivery(db: Db, id: string): Promise<DeliveryRow | null> {
  const [delivery] = await db.select().from(deliveries).where(eq(deliveries.id, id));
  return delivery ?? null;
}

/** Ends a delivery that is still queued; a copy that was sent meanwhile keeps its own end. */
export async function settle(
  db: Db,
  id: string,
  end: { status: 'sent' | 'bounced' | 'failed'; at: Date; error?: string },
): Promise<void> {
  await db
    .update(deliveries)
    .set({
      status: end.status,
      statusAt: end.at,
      attempts: sql`${deliveries.attempts} + 1`,
      lastError: end.error ?? null,
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, 'queued')));
}

/** Keeps count of a try that failed and will be repeated. */
export async function countAttempt(db: Db, id: string, error: string): Promise<void> {
  await db
    .update(deliveries)
    .set({ attempts: sql`${deliveries.attempts} + 1`, lastError: error })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, 'queued')));
}

/** A person acted behind the link of this mail; only the first time counts. */
export async function markRead(tx: Db, id: string, at: Date): Promise<void> {
  await tx
    .update(deliveries)
    .set({ readAt: at })
    .where(and(eq(deliveries.id, id), isNull(deliveries.readAt)));
}
