import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { type Db, snapshot } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { enquiries, enquiryLines, requestLines, requests } from '#db/tables/requests.ts';
import { vendors } from '#db/tables/vendors.ts';
import { isSeenBy, type Viewer } from '#server/platform/auth/seeing.ts';
import { announcing } from '#server/platform/realtime.ts';
import { waitingOf } from './approvals/queries.ts';
import type { MessageRow } from './enquiries/queries.ts';
import { quotesOf } from './quotes/queries.ts';

export type RequestRow = typeof requests.$inferSelect;

/** Returns a request. With `viewer`: only if they see it. */
export async function findRequest(
  db: Db,
  { id, viewer }: { id: string; viewer?: Viewer },
): Promise<RequestRow | null> {
  const [found] = await db
    .select()
    .from(requests)
    .where(and(eq(requests.id, id), viewer && isSeenBy('requests', viewer)));
  return found ?? null;
}

/** Returns the newest request that a buyer sent for their present company, or for themselves; null before the first. */
export async function findNewest(db: Db, { buyerId, member }: Viewer): Promise<RequestRow | null> {
  const isOfCompany = member ? eq(requests.companyId, member.companyId) : isNull(requests.companyId);
  const [newest] = await db
    .select()
    .from(requests)
    .where(and(eq(requests.buyerId, buyerId), isOfCompany))
    .orderBy(desc(requests.createdAt), desc(requests.id))
    .limit(1);
  return newest ?? null;
}

/** Returns a request with the last day on which a vendor could act or a decision was made. */
export async function findFollowed(
  db: Db,
  id: string,
): Promise<{ request: RequestRow; lastUsedAt: Date } | null> {
  const lastUsedAt = sql<string>`(
    select max(greatest(e.status_at, e.links_expire_at)) from enquiries e where e.request_id = requests.id)`;
  const [found] = await db
    .select({ request: requests, lastUsedAt })
    .from(requests)
    .where(eq(requests.id, id));
  return found ? { request: found.request, lastUsedAt: new Date(found.lastUsedAt) } : null;
}

/** Returns the request of an enquiry if that buyer sees it. */
export async function findRequestOfEnquiry(
  db: Db,
  { enquiryId, viewer }: { enquiryId: string; viewer: Viewer },
): Promise<RequestRow | null> {
  const [found] = await db
    .select({ request: requests })
    .from(requests)
    .innerJoin(enquiries, eq(enquiries.requestId, requests.id))
    .where(and(eq(enquiries.id, enquiryId), isSeenBy('requests', viewer)));
  return found?.request ?? null;
}

/** Moves a guest's requests with this contact address, in lower case, to a buyer. Returns the ids of their solutions. */
export const moveRequests = (
  tx: Db,
  { guestId, ...to }: { guestId: string; buyerId: string; provenEmail: string },
): Promise<string[]> => moveThose(tx, eq(requests.buyerId, guestId), to);

/** Moves the requests of all guests with this contact address, or one of them, as `moveRequests` does. */
export function moveGuestsRequests(
  tx: Db,
  { requestId, ...to }: { buyerId: string; provenEmail: string; requestId?: string },
): Promise<string[]> {
  const isGuests = sql`not exists (select from ${accounts} where ${accounts.buyerId} = ${requests.buyerId})`;
  return moveThose(tx, and(isGuests, requestId ? eq(requests.id, requestId) : undefined), to);
}

async function moveThose(
  tx: Db,
  areThese: SQL | undefined,
  { buyerId, provenEmail }: { buyerId: string; provenEmail: string },
): Promise<string[]> {
  const moved = await tx
    .update(requests)
    .set({ buyerId })
    .where(and(areThese, eq(sql`lower(${requests.contactEmail})`, provenEmail)))
    .returning({ solutionId: requests.solutionId, announced: announcing(sql`'request:' || ${requests.id}`) });
  return moved.map(({ solutionId }) => solutionId);
}

/** What the buyer sees of a mail: their own copy, or an enquiry's. */
export interface MailState {
  id: string;
  role: 'buyer' | 'vendor' | 'agent';
  name: string;
  status: 'queued' | 'waiting' | 'sent' | 'bounced' | 'suppressed' | 'failed' | 'withdrawn';
  statusAt: string;
  readAt: string | null;
  goesOutAt: string | null;
  revokedAt: string | null;
}

/** A message of a thread as PostgreSQL's JSON. */
interface ThreadMessageJson extends Omit<MessageRow, 'enquiryId' | 'createdAt'> {
  createdAt: string;
}

/** Reads everything of a request in one snapshot, so that no decision shows half. `request` changes only in its details. */
export async function readRequest(db: Db, request: RequestRow) {
  return db.transaction(async (tx) => {
    const [lines, enquiriesAndCopy, quotes, approvals] = await Promise.all([
      linesOf(tx, request.id),
      enquiriesOf(tx, request.id),
      quotesOf(tx, { requestId: request.id }),
      request.companyId === null ? [] : waitingOf(tx, request.id),
    ]);
    const { orderDetails, ...rest } = enquiriesAndCopy;
    return { request: { ...request, orderDetails }, ...rest, lines, quotes, approvals };
  }, snapshot);
}
export type RequestRows = Awaited<ReturnType<typeof readRequest>>;

/** Returns one row per line and vendor asked. */
export async function linesOf(db: Db, requestId: string) {
  return db
    .select({ line: requestLines, part: enquiryLines })
    .from(requestLines)
    .innerJoin(enquiryLines, eq(enquiryLines.requestLineId, requestLines.id))
    .where(eq(requestLines.requestId, requestId))
    .orderBy(asc(requestLines.position), asc(enquiryLines.enquiryId));
}
export type LineAndPart = Awaited<ReturnType<typeof linesOf>>[number];

/** Returns the vendors of a request's enquiries. */
export async function vendorsAsked(
  db: Db,
  requestId: string,
): Promise<{ enquiryId: string; id: string; name: string }[]> {
  const rows = await db
    .select({ enquiryId: enquiries.id, id: enquiries.vendorId, name: enquiries.vendorName })
    .from(enquiries)
    .where(eq(enquiries.requestId, requestId));
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}

const commonFields = sql`'id', d.id, 'role', d.role, 'name', d.to_name, 'status', d.status, 'statusAt', d.status_at,
  'goesOutAt', (select w.goes_out_at from waiting_mails w where w.delivery_id = d.id)`;

// Acting by the link of any mail about the enquiry means that the person has read the enquiry.
const mailsOfEnquiry = sql<MailState[]>`(
  select coalesce(json_agg(json_build_object(
           ${commonFields}, 'revokedAt', d.link_revoked_at,
           'readAt', (select min(own.read_at) from deliveries own
                      where own.subject_type = d.subject_type and own.subject_id = d.subject_id
                        and own.to_email = d.to_email)) order by d.id), '[]')
  from deliveries d where d.subject_type = 'enquiry' and d.subject_id = enquiries.id and d.kind = 'enquiry')`;

// Selected with each enquiry, to save a round trip.
const copyOfRequest = sql<MailState | null>`(
  select json_build_object(${commonFields}, 'revokedAt', requests.follow_revoked_at, 'readAt', d.read_at)
  from deliveries d join requests on requests.id = d.subject_id
  where d.subject_type = 'request' and d.subject_id = enquiries.request_id and d.kind = 'request-copy' limit 1)`;

const threadOfEnquiry = sql<ThreadMessageJson[]>`(
  select coalesce(json_agg(json_build_object(
           'id', m.id, 'author', m.author, 'authorName', m.author_name, 'kind', m.kind, 'text', m.text,
           'createdAt', m.created_at) order by m.created_at, m.id), '[]')
  from enquiry_messages m where m.enquiry_id = enquiries.id)`;

/** Returns the enquiries with each vendor's current rating, and the buyer's own copy of the request. */
async function enquiriesOf(db: Db, requestId: string) {
  const found = await db
    .select({
      enquiry: enquiries,
      ratings: { ratingCount: vendors.ratingCount, ratingTotal: vendors.ratingTotal },
      mails: mailsOfEnquiry,
      thread: threadOfEnquiry,
      copy: copyOfRequest,
      orderDetails: requests.orderDetails,
    })
    .from(enquiries)
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .innerJoin(vendors, eq(vendors.id, enquiries.vendorId))
    .where(eq(enquiries.requestId, requestId))
    .orderBy(asc(enquiries.id));
  return {
    copy: found[0]?.copy ?? null,
    orderDetails: found[0]?.orderDetails ?? null,
    enquiries: found.map(({ thread, copy: _copy, orderDetails: _details, ...rest }) => ({
      ...rest,
      messages: thread.map((message) => ({ ...message, createdAt: new Date(message.createdAt) })),
    })),
  };
}
export type EnquiryAndMails = Awaited<ReturnType<typeof enquiriesOf>>['enquiries'][number];
