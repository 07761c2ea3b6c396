import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { enquiries, enquiryMessages } from '#db/tables/requests.ts';
import { announcing } from '#server/platform/realtime.ts';

export type EnquiryRow = typeof enquiries.$inferSelect;
export type MessageRow = typeof enquiryMessages.$inferSelect;

/** Locks an enquiry, so that answers and decisions don't interleave. `requestId`: only if it is of that request. */
export async function lockEnquiry(
  tx: Db,
  { id, requestId }: { id: string; requestId?: string },
): Promise<EnquiryRow | null> {
  const ofRequest = requestId === undefined ? undefined : eq(enquiries.requestId, requestId);
  const [enquiry] = await tx
    .select()
    .from(enquiries)
    .where(and(eq(enquiries.id, id), ofRequest))
    .for('no key update');
  return enquiry ?? null;
}

/** Locks all enquiries of a request, by id to avoid deadlocks. */
export async function lockEnquiries(tx: Db, requestId: string): Promise<EnquiryRow[]> {
  return tx
    .select()
    .from(enquiries)
    .where(eq(enquiries.requestId, requestId))
    .orderBy(asc(enquiries.id))
    .for('no key update');
}

/** Changes a locked enquiry and notifies its vendor's desks, which show open enquiries. */
export async function changeEnquiry(
  tx: Db,
  id: string,
  to: Partial<Pick<EnquiryRow, 'status' | 'statusAt' | 'deadline' | 'linksExpireAt'>>,
): Promise<void> {
  const announced = announcing(sql`'vendor:' || ${enquiries.vendorId}`);
  await tx.update(enquiries).set(to).where(eq(enquiries.id, id)).returning({ announced });
}

/** Returns the thread of one enquiry, oldest first. */
export async function messagesOf(db: Db, enquiryId: string): Promise<MessageRow[]> {
  return db
    .select()
    .from(enquiryMessages)
    .where(eq(enquiryMessages.enquiryId, enquiryId))
    .orderBy(asc(enquiryMessages.createdAt), asc(enquiryMessages.id));
}

export async function insertMessage(
  tx: Db,
  message: typeof enquiryMessages.$inferInsert,
): Promise<MessageRow> {
  const [inserted] = await tx.insert(enquiryMessages).values(message).returning();
  if (!inserted) throw new Error('the database returned no message');
  return inserted;
}

/** Returns a message since then of the same author, kind and text. */
export async function sameMessage(
  tx: Db,
  message: Pick<MessageRow, 'enquiryId' | 'author' | 'kind' | 'text'>,
  since: Date,
): Promise<MessageRow | null> {
  const [found] = await tx
    .select()
    .from(enquiryMessages)
    .where(
      and(
        eq(enquiryMessages.enquiryId, message.enquiryId),
        eq(enquiryMessages.author, message.author),
        eq(enquiryMessages.kind, message.kind),
        eq(enquiryMessages.text, message.text),
        gte(enquiryMessages.createdAt, since),
      ),
    )
    .limit(1);
  return found ?? null;
}
