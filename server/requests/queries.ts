import { and, asc, count, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { offers, products } from '#db/tables/catalog.ts';
import { acceptedLines, declinedQuotes, quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, enquiryMessages, requestLines, requests } from '#db/tables/requests.ts';
import { vendors } from '#db/tables/vendors.ts';
import { announcing } from '#server/platform/realtime.ts';

export type RequestRow = typeof requests.$inferSelect;
export type EnquiryRow = typeof enquiries.$inferSelect;
export type MessageRow = typeof enquiryMessages.$inferSelect;

/** The buyer's own copy of the mail, and the fan-out's mails: what the buyer sees of each. */
export interface DeliveryOf {
  role: 'buyer' | 'vendor' | 'agent';
  name: string;
  status: 'queued' | 'sent' | 'bounced' | 'failed';
  statusAt: string;
  readAt: string | null;
}

/** A message of a thread, as JSON brings it. */
interface MessageOf extends Omit<MessageRow, 'enquiryId' | 'createdAt'> {
  createdAt: string;
}

// Named in full by hand: Drizzle leaves a column's table out where it selects from one table only.
const copyOfRequest = sql<DeliveryOf | null>`(
  select json_build_object('role', d.role, 'name', d.to_name, 'status', d.status, 'statusAt', d.status_at,
                           'readAt', d.read_at)
  from deliveries d where d.request_id = requests.id and d.kind = 'request-copy' limit 1)`;

/** A request, by its buyer or (without `buyerId`) by whoever has shown the right to it. */
export async function findRequest(db: Db, by: { id: string; buyerId?: string }) {
  const [found] = await db
    .select({ request: requests, copy: copyOfRequest })
    .from(requests)
    .where(
      and(eq(requests.id, by.id), by.buyerId === undefined ? undefined : eq(requests.buyerId, by.buyerId)),
    );
  return found ?? null;
}

/** Lines with each vendor's part of them: one row per line and vendor asked. */
export async function linesOf(db: Db, requestId: string) {
  return db
    .select({ line: requestLines, part: enquiryLines })
    .from(requestLines)
    .innerJoin(enquiryLines, eq(enquiryLines.requestLineId, requestLines.id))
    .where(eq(requestLines.requestId, requestId))
    .orderBy(asc(requestLines.position), asc(enquiryLines.enquiryId));
}
export type LineAndPart = Awaited<ReturnType<typeof linesOf>>[number];

// A person who acted behind any mail of the enquiry has read it, whichever mail of theirs it was.
const mailsOfEnquiry = sql<DeliveryOf[]>`(
  select coalesce(json_agg(json_build_object(
           'role', d.role, 'name', d.to_name, 'status', d.status, 'statusAt', d.status_at,
           'readAt', (select min(own.read_at) from deliveries own
                      where own.enquiry_id = d.enquiry_id and own.to_email = d.to_email)) order by d.id), '[]')
  from deliveries d where d.enquiry_id = enquiries.id and d.kind = 'enquiry')`;

const threadOfEnquiry = sql<MessageOf[]>`(
  select coalesce(json_agg(json_build_object(
           'id', m.id, 'author', m.author, 'authorName', m.author_name, 'kind', m.kind, 'text', m.text,
           'createdAt', m.created_at) order by m.created_at, m.id), '[]')
  from enquiry_messages m where m.enquiry_id = enquiries.id)`;

/** With the marks of each vendor as they are now; its name is the one it was asked by. */
export async function enquiriesOf(db: Db, requestId: string) {
  const found = await db
    .select({
      enquiry: enquiries,
      marks: { ratingCount: vendors.ratingCount, ratingTotal: vendors.ratingTotal },
      mails: mailsOfEnquiry,
      thread: threadOfEnquiry,
    })
    .from(enquiries)
    .innerJoin(vendors, eq(vendors.id, enquiries.vendorId))
    .where(eq(enquiries.requestId, requestId))
    .orderBy(asc(enquiries.id));
  return found.map(({ thread, ...rest }) => ({
    ...rest,
    messages: thread.map((message) => ({ ...message, createdAt: new Date(message.createdAt) })),
  }));
}
export type EnquiryAndMails = Awaited<ReturnType<typeof enquiriesOf>>[number];

/** The thread of one enquiry, oldest first. */
export async function messagesOf(db: Db, enquiryId: string): Promise<MessageRow[]> {
  return db
    .select()
    .from(enquiryMessages)
    .where(eq(enquiryMessages.enquiryId, enquiryId))
    .orderBy(asc(enquiryMessages.createdAt), asc(enquiryMessages.id));
}

/**
 * The versions of all answers with their lines, newest first in each enquiry; of one enquiry when it is named. One
 * statement.
 */
export async function answersOf(db: Db, by: { requestId: string } | { enquiryId: string }) {
  const lines = await db
    .select({
      quote: quotes,
      declinedAt: declinedQuotes.declinedAt,
      line: quoteLines,
      acceptedAt: acceptedLines.acceptedAt,
      alternative: { id: products.id, name: products.name, code: products.code, sku: offers.sku },
    })
    .from(quoteLines)
    .innerJoin(quotes, eq(quotes.id, quoteLines.quoteId))
    .innerJoin(enquiries, eq(enquiries.id, quotes.enquiryId))
    .innerJoin(requestLines, eq(requestLines.id, quoteLines.requestLineId))
    .leftJoin(declinedQuotes, eq(declinedQuotes.quoteId, quotes.id))
    .leftJoin(
      acceptedLines,
      and(
        eq(acceptedLines.quoteId, quoteLines.quoteId),
        eq(acceptedLines.requestLineId, quoteLines.requestLineId),
      ),
    )
    .leftJoin(offers, eq(offers.id, quoteLines.alternativeOfferId))
    .leftJoin(products, eq(products.id, offers.productId))
    .where('requestId' in by ? eq(enquiries.requestId, by.requestId) : eq(enquiries.id, by.enquiryId))
    .orderBy(asc(quotes.enquiryId), desc(quotes.version), asc(requestLines.position));
  const byQuote = new Map(lines.map(({ quote, declinedAt }) => [quote.id, { quote, declinedAt }]));
  return { quotes: [...byQuote.values()], quoteLines: lines };
}
type Answers = Awaited<ReturnType<typeof answersOf>>;
export type QuoteAndDecline = Answers['quotes'][number];
export type QuoteLineAndFate = Pick<Answers['quoteLines'][number], 'line' | 'acceptedAt' | 'alternative'>;

/** The enquiry for a change: locked, so that answers and decisions follow one another. */
export async function lockEnquiry(tx: Db, id: string): Promise<EnquiryRow | null> {
  const [enquiry] = await tx.select().from(enquiries).where(eq(enquiries.id, id)).for('no key update');
  return enquiry ?? null;
}

/** All enquiries of a request, locked in one order. */
export async function lockEnquiries(tx: Db, requestId: string): Promise<EnquiryRow[]> {
  return tx
    .select()
    .from(enquiries)
    .where(eq(enquiries.requestId, requestId))
    .orderBy(asc(enquiries.id))
    .for('no key update');
}

/** Changes an enquiry and announces it to its vendor's desks, where it stands while it is open. */
async function change(
  tx: Db,
  id: string,
  to: { [Column in 'status' | 'statusAt' | 'deadline' | 'linksExpireAt']?: EnquiryRow[Column] | SQL },
): Promise<void> {
  const announced = announcing(sql`'vendor:' || ${enquiries.vendorId}`);
  await tx.update(enquiries).set(to).where(eq(enquiries.id, id)).returning({ announced });
}

export async function setStatus(tx: Db, id: string, status: EnquiryRow['status'], at: Date): Promise<void> {
  await change(tx, id, { status, statusAt: at });
}

const notBefore = (until: Date) =>
  sql`greatest(${enquiries.linksExpireAt}, ${until.toISOString()}::timestamptz)`;

export async function prolongLinks(tx: Db, id: string, until: Date): Promise<void> {
  await change(tx, id, { linksExpireAt: notBefore(until) });
}

export async function insertMessage(
  tx: Db,
  message: typeof enquiryMessages.$inferInsert,
): Promise<MessageRow> {
  const [inserted] = await tx.insert(enquiryMessages).values(message).returning();
  if (!inserted) throw new Error('the database returned no message');
  return inserted;
}

/** The same side's message of the same kind and words since then, if there is one. */
export async function sameMessage(
  tx: Db,
  said: Pick<MessageRow, 'enquiryId' | 'author' | 'kind' | 'text'>,
  since: Date,
): Promise<MessageRow | null> {
  const [found] = await tx
    .select()
    .from(enquiryMessages)
    .where(
      and(
        eq(enquiryMessages.enquiryId, said.enquiryId),
        eq(enquiryMessages.author, said.author),
        eq(enquiryMessages.kind, said.kind),
        eq(enquiryMessages.text, said.text),
        gte(enquiryMessages.createdAt, since),
      ),
    )
    .limit(1);
  return found ?? null;
}

/** What the follow link's token is checked against. */
export async function followVersion(db: Db, requestId: string): Promise<number | null> {
  const [found] = await db
    .select({ linkVersion: requests.linkVersion })
    .from(requests)
    .where(eq(requests.id, requestId));
  return found?.linkVersion ?? null;
}

/** The enquiry, locked, and its request, found through the buyer. */
export async function lockOwnEnquiry(
  tx: Db,
  buyer: { buyerId?: string; requestId?: string },
  enquiryId: string,
): Promise<{ enquiry: EnquiryRow; request: RequestRow } | null> {
  const own = [
    buyer.buyerId === undefined ? undefined : eq(requests.buyerId, buyer.buyerId),
    buyer.requestId === undefined ? undefined : eq(requests.id, buyer.requestId),
  ];
  const [found] = await tx
    .select({ enquiry: enquiries, request: requests })
    .from(enquiries)
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .where(and(eq(enquiries.id, enquiryId), ...own))
    .for('no key update', { of: enquiries });
  return found ?? null;
}

export async function moveDeadline(tx: Db, id: string, deadline: Date, linksUntil: Date): Promise<void> {
  await change(tx, id, { deadline, linksExpireAt: notBefore(linksUntil) });
}

export async function countRequests(db: Db, buyerId: string): Promise<number> {
  const [row] = await db.select({ count: count() }).from(requests).where(eq(requests.buyerId, buyerId));
  return row?.count ?? 0;
}

/** One page of the visitor's requests, newest first, each with the states its own is derived from. */
export async function listRequests(db: Db, buyerId: string, page: { page: number; perPage: number }) {
  return db
    .select({
      request: requests,
      lines: sql<number>`(select count(*)::int from request_lines l where l.request_id = requests.id)`,
      accepted: sql<number>`(select count(*)::int from request_lines l
        join accepted_lines a on a.request_line_id = l.id where l.request_id = requests.id)`,
      answered: sql<number>`(select count(distinct q.enquiry_id)::int from quotes q
        join enquiries e on e.id = q.enquiry_id where e.request_id = requests.id)`,
      states: sql<EnquiryRow['status'][]>`array(select e.status from enquiries e
        where e.request_id = requests.id order by e.id)`,
    })
    .from(requests)
    .where(eq(requests.buyerId, buyerId))
    .orderBy(desc(requests.createdAt), desc(requests.id))
    .limit(page.perPage)
    .offset((page.page - 1) * page.perPage);
}
export type ListedRequest = Awaited<ReturnType<typeof listRequests>>[number];
