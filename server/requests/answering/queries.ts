import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { type Db, snapshot } from '#db/client.ts';
import { offers, products } from '#db/tables/catalog.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { acceptedLines, answerDrafts, quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, requestLines, requests } from '#db/tables/requests.ts';
import { insertRows } from '#server/platform/rows.ts';
import { waitingOf } from '../approvals/queries.ts';
import { numberedInEnquiry } from '../enquiries/numbering.ts';
import { ratesOn } from '#server/rates/service.ts';
import { linksOf } from '../links/queries.ts';
import { messagesOf } from '../enquiries/queries.ts';
import { quotesOf } from '../quotes/queries.ts';

/** Returns a mail to a vendor, with the enquiry and request behind its link. Doesn't check the token. */
export async function findAnswerLinkHolder(db: Db, deliveryId: string) {
  const [found] = await db
    .select({ delivery: deliveries, enquiry: enquiries, request: requests })
    .from(deliveries)
    .innerJoin(enquiries, and(eq(deliveries.subjectType, 'enquiry'), eq(enquiries.id, deliveries.subjectId)))
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .where(and(eq(deliveries.id, deliveryId), inArray(deliveries.role, ['vendor', 'agent'])));
  return found ?? null;
}
export type AnswerLinkHolder = NonNullable<Awaited<ReturnType<typeof findAnswerLinkHolder>>>;

/** Returns the enquiry's lines, in the order of the specification, numbered within the enquiry. */
export async function askedLines(db: Db, enquiryId: string) {
  const rows = await db
    .select({ line: requestLines, part: enquiryLines })
    .from(enquiryLines)
    .innerJoin(requestLines, eq(requestLines.id, enquiryLines.requestLineId))
    .where(eq(enquiryLines.enquiryId, enquiryId))
    .orderBy(asc(requestLines.position));
  return numberedInEnquiry(rows);
}
export type AskedRow = Awaited<ReturnType<typeof askedLines>>[number];

/** Reads everything a vendor sees behind a link, in one snapshot. */
export async function readEnquiry(db: Db, holder: AnswerLinkHolder, now: Date) {
  const { id } = holder.enquiry;
  return db.transaction(async (tx) => {
    const [[enquiry], asked, recipients, draft, quoteRows, messages, rates, waiting] = await Promise.all([
      tx.select().from(enquiries).where(eq(enquiries.id, id)),
      askedLines(tx, id),
      linksOf(tx, id),
      draftOf(tx, holder.delivery.id),
      quotesOf(tx, { enquiryId: id }),
      messagesOf(tx, id),
      ratesOn(tx, now.toISOString().slice(0, 10)),
      holder.request.companyId === null ? [] : waitingOf(tx, holder.enquiry.requestId),
    ]);
    return {
      ...{ delivery: holder.delivery, request: holder.request, enquiry: enquiry ?? holder.enquiry },
      ...{ asked, recipients, draft, quotes: quoteRows, messages, rates, waiting },
    };
  }, snapshot);
}
export type EnquiryRows = Awaited<ReturnType<typeof readEnquiry>>;

/** Returns the draft of a link. Every mail to the same person about the enquiry has the same link. */
async function draftOf(db: Db, deliveryId: string) {
  const [draft] = await db
    .select({ body: answerDrafts.body, savedAt: answerDrafts.savedAt })
    .from(answerDrafts)
    .where(eq(answerDrafts.deliveryId, deliveryId));
  return draft ?? null;
}

export async function saveDraft(tx: Db, draft: typeof answerDrafts.$inferInsert): Promise<void> {
  await tx
    .insert(answerDrafts)
    .values(draft)
    .onConflictDoUpdate({
      target: answerDrafts.deliveryId,
      set: { body: draft.body, savedAt: draft.savedAt },
    });
}

export async function deleteDraft(tx: Db, deliveryId: string): Promise<void> {
  await tx.delete(answerDrafts).where(eq(answerDrafts.deliveryId, deliveryId));
}

/** Returns the ids of an enquiry's lines that are confirmed or accepted from its vendor. */
export async function boundLines(tx: Db, enquiryId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .select({ lineId: acceptedLines.requestLineId })
    .from(acceptedLines)
    .innerJoin(quotes, eq(quotes.id, acceptedLines.quoteId))
    .where(eq(quotes.enquiryId, enquiryId));
  return new Set(rows.map(({ lineId }) => lineId));
}

/** Returns the ids of an enquiry's lines that its vendor has declined in any version. */
export async function declinedLines(tx: Db, enquiryId: string): Promise<ReadonlySet<string>> {
  const rows = await tx
    .selectDistinct({ lineId: quoteLines.requestLineId })
    .from(quoteLines)
    .innerJoin(quotes, eq(quotes.id, quoteLines.quoteId))
    .where(and(eq(quotes.enquiryId, enquiryId), eq(quoteLines.decision, 'decline')));
  return new Set(rows.map(({ lineId }) => lineId));
}

export async function newestQuote(tx: Db, enquiryId: string) {
  const [newest] = await tx
    .select({ id: quotes.id, version: quotes.version, contentHash: quotes.contentHash })
    .from(quotes)
    .where(eq(quotes.enquiryId, enquiryId))
    .orderBy(desc(quotes.version))
    .limit(1);
  return newest ?? null;
}

export interface OfferOfSku {
  offerId: number;
  name: string;
  code: string;
}

/** Returns the vendor's own offers by SKU, withdrawn ones too: a vendor may still have what it no longer lists. */
export async function offersBySku(
  tx: Db,
  vendorId: number,
  skus: readonly string[],
): Promise<Map<string, OfferOfSku>> {
  const found =
    skus.length === 0
      ? []
      : await tx
          .select({ sku: offers.sku, offerId: offers.id, name: products.name, code: products.code })
          .from(offers)
          .innerJoin(products, eq(products.id, offers.productId))
          .where(and(eq(offers.vendorId, vendorId), inArray(offers.sku, [...skus])));
  return new Map(found.map((offer) => [offer.sku, offer]));
}

export type NewQuote = typeof quotes.$inferInsert;
export type NewQuoteLine = Omit<typeof quoteLines.$inferInsert, 'quoteId' | 'enquiryId'>;

/** Writes a version with its lines. Returns its id. */
export async function insertQuote(tx: Db, quote: NewQuote, lines: readonly NewQuoteLine[]): Promise<string> {
  const [inserted] = await tx.insert(quotes).values(quote).returning({ id: quotes.id });
  if (!inserted) throw new Error('the database returned no quote');
  const key = { quoteId: inserted.id, enquiryId: quote.enquiryId };
  await insertRows(
    tx,
    quoteLines,
    lines.map((line) => ({ ...key, ...line })),
  );
  return inserted.id;
}

/** Returns the ids of the vendors' newest versions that no digest has mailed to the buyer, and that they haven't decided about. */
export async function quotesNotInDigest(tx: Db, requestId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select newest.id from (
      select distinct on (q.enquiry_id) q.id, q.created_at
      from quotes q join enquiries e on e.id = q.enquiry_id join requests r on r.id = e.request_id
      where e.request_id = ${requestId}::uuid and e.status not in ('accepted', 'lost')
        -- An order is accepted in part by its vendor, a quote by the buyer, who has seen it.
        and (e.status <> 'partly_accepted' or r.kind = 'order')
      order by q.enquiry_id, q.version desc) as newest
    where not exists (
      select from deliveries d
      where d.subject_type = 'request' and d.subject_id = ${requestId}::uuid and d.kind = 'answer-digest'
        and d.content -> 'quoteIds' @> to_jsonb(newest.id::text))
    order by newest.created_at, newest.id`);
  return rows.map((row) => row.id);
}
