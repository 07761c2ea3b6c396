import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { enquiries, requests } from '#db/tables/requests.ts';
import type { MailState, RequestRow } from '../queries.ts';

/** Returns the mails that people's links to an enquiry are made of, in the order they were sent, as their state. */
export async function linksOf(db: Db, enquiryId: string): Promise<MailState[]> {
  const rows = await db.execute<{ state: MailState }>(sql`
    select json_build_object('id', d.id, 'role', d.role, 'name', d.to_name, 'status', d.status,
      'statusAt', d.status_at, 'readAt', d.read_at, 'revokedAt', d.link_revoked_at,
      'goesOutAt', (select w.goes_out_at from waiting_mails w where w.delivery_id = d.id)) as state
    from deliveries d
    where d.subject_type = 'enquiry' and d.subject_id = ${enquiryId}::uuid and d.kind = 'enquiry' order by d.id`);
  return rows.map(({ state }) => state);
}

/** Locks the mail that a person's link to this enquiry is made of. */
export async function lockLink(tx: Db, enquiryId: string, deliveryId: string) {
  const [found] = await tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.id, deliveryId),
        eq(deliveries.subjectType, 'enquiry'),
        eq(deliveries.subjectId, enquiryId),
        eq(deliveries.kind, 'enquiry'),
      ),
    )
    .for('no key update');
  return found ?? null;
}

export async function lockRequest(tx: Db, id: string): Promise<RequestRow | null> {
  const [found] = await tx.select().from(requests).where(eq(requests.id, id)).for('no key update');
  return found ?? null;
}

/** Makes the former follow link invalid. `revokedAt` null: the new one works. */
export async function changeFollowLink(tx: Db, requestId: string, revokedAt: Date | null): Promise<void> {
  await tx
    .update(requests)
    .set({ linkVersion: sql`${requests.linkVersion} + 1`, followRevokedAt: revokedAt })
    .where(eq(requests.id, requestId));
}

/** Returns an enquiry with its vendor's name. */
export async function findEnquiry(db: Db, id: string) {
  const [found] = await db.select().from(enquiries).where(eq(enquiries.id, id));
  return found ?? null;
}

/** Returns a request's enquiries, by its number, or the one enquiry with that id, and then its vendor. */
export async function findByNumber(
  db: Db,
  number: string,
): Promise<{ requestId: string; enquiryIds: string[]; isWhole: boolean; vendor: string | null } | null> {
  const rows = await db.execute<{
    requestId: string;
    enquiryId: string;
    isWhole: boolean;
    vendor: string;
  }>(sql`
    select r.id as "requestId", e.id as "enquiryId", e.vendor_name as vendor, r.number = ${number} as "isWhole"
    from requests r join enquiries e on e.request_id = r.id
    where r.number = ${number} or e.id::text = lower(${number}) order by e.id`);
  const [first] = rows;
  if (!first) return null;
  const { requestId, isWhole, vendor } = first;
  const enquiryIds = rows.map(({ enquiryId }) => enquiryId);
  return { requestId, enquiryIds, isWhole, vendor: isWhole ? null : vendor };
}
