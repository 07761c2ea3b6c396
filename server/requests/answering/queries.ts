import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { offers, products } from '#db/tables/catalog.ts';
import { deliveries } from '#db/tables/notifications.ts';
import { acceptedLines, answerDrafts, declinedQuotes, quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, requestLines, requests } from '#db/tables/requests.ts';

/** A mail to a vendor, with the enquiry and request behind its link. Says nothing about the token's being genuine. */
export async function findHolder(db: Db, deliveryId: string) {
  const [found] = await db
    .select({ delivery: deliveries, enquiry: enquiries, request: requests })
    .from(deliveries)
    .innerJoin(enquiries, eq(enquiries.id, deliveries.enquiryId))
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .where(and(eq(deliveries.id, deliveryId), inArray(deliveries.role, ['vendor', 'agent'])));
  return found ?? null;
}
export type Holder = NonNullable<Awaited<ReturnType<typeof findHolder>>>;

/** The enquiry's lines, in the order of the specification. */
export async function askedLines(db: Db, enquiryId: string) {
  return db
    .select({ line: requestLines, part: enquiryLines })
    .from(enquiryLines)
    .innerJoin(requestLines, eq(requestLines.id, enquiryLines.requestLineId))
    .where(eq(enquiryLines.enquiryId, enquiryId))
    .orderBy(asc(requestLines.position));
}
export type AskedRow = Awaited<ReturnType<typeof askedLines>>[number];

/** Everybody of the vendor who got the enquiry. */
export async function recipientsOf(db: Db, enquiryId: string) {
  return db
    .select({ name: deliveries.toName, email: deliveries.toEmail })
    .from(deliveries)
    .where(and(eq(deliveries.enquiryId, enquiryId), eq(deliveries.kind, 'enquiry')))
    .orderBy(asc(deliveries.id));
}

/** What was typed behind a link; every mail to the same person about the enquiry brings the same link. */
export async function draftOf(db: Db, deliveryId: string) {
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

export async function newestQuote(tx: Db, enquiryId: string) {
  const [newest] = await tx
    .select({ id: quotes.id, version: quotes.version, contentHash: quotes.contentHash })
    .from(quotes)
    .where(eq(quotes.enquiryId, enquiryId))
    .orderBy(desc(quotes.version))
    .limit(1);
  return newest ?? null;
}

/** The vendor's own offers by SKU. */
export async function offersBySku(tx: Db, vendorId: number, skus: readonly string[]) {
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

export type NewQuoteLine = typeof quoteLines.$inferInsert;

/** A version with its lines: two statements for any number of lines. Answers the version's id. */
export async function insertQuote(
  tx: Db,
  quote: typeof quotes.$inferInsert,
  lines: readonly Omit<NewQuoteLine, 'quoteId' | 'enquiryId'>[],
): Promise<string> {
  const [inserted] = await tx.insert(quotes).values(quote).returning({ id: quotes.id });
  if (!inserted) throw new Error('the database returned no quote');
  await tx.execute(sql`
    insert into quote_lines (quote_id, enquiry_id, request_line_id, decision, unit_price, quantity, lead_time_days,
                             alternative, alternative_offer_id, reason)
    select ${inserted.id}::uuid, ${quote.enquiryId}::uuid, "requestLineId", "decision", "unitPrice", "quantity",
           "leadTimeDays", "alternative", "alternativeOfferId", "reason"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r (
      "requestLineId" uuid, "decision" text, "unitPrice" numeric(20, 4), "quantity" integer, "leadTimeDays" integer,
      "alternative" text, "alternativeOfferId" bigint, "reason" text)`);
  return inserted.id;
}

export async function acceptLines(
  tx: Db,
  lines: readonly { quoteId: string; lineId: string }[],
  at: Date,
): Promise<void> {
  await tx.execute(sql`
    insert into accepted_lines (request_line_id, quote_id, accepted_at)
    select "lineId", "quoteId", ${at.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r ("lineId" uuid, "quoteId" uuid)`);
}

/** Quotes of a request that a decision names, with what the decision depends on. */
export async function namedQuotes(tx: Db, requestId: string, quoteIds: readonly string[]) {
  return tx
    .select({
      id: quotes.id,
      enquiryId: quotes.enquiryId,
      expiresAt: quotes.expiresAt,
      isNewest: sql<boolean>`${quotes.version} = (select max(other.version) from quotes other
                                                   where other.enquiry_id = ${quotes.enquiryId})`,
      isDeclined: sql<boolean>`${declinedQuotes.quoteId} is not null`,
    })
    .from(quotes)
    .innerJoin(enquiries, eq(enquiries.id, quotes.enquiryId))
    .leftJoin(declinedQuotes, eq(declinedQuotes.quoteId, quotes.id))
    .where(and(eq(enquiries.requestId, requestId), inArray(quotes.id, [...quoteIds])));
}

/** The lines those quotes offer. */
export async function offeredLines(tx: Db, quoteIds: readonly string[]) {
  return tx
    .select({ quoteId: quoteLines.quoteId, lineId: quoteLines.requestLineId })
    .from(quoteLines)
    .innerJoin(requestLines, eq(requestLines.id, quoteLines.requestLineId))
    .where(and(inArray(quoteLines.quoteId, [...quoteIds]), sql`${quoteLines.decision} <> 'decline'`))
    .orderBy(asc(requestLines.position));
}

/** Which line was asked of which enquiry, and where it was accepted, for a whole request. */
export async function placesOf(tx: Db, requestId: string) {
  return tx
    .select({
      enquiryId: enquiryLines.enquiryId,
      lineId: enquiryLines.requestLineId,
      acceptedQuoteId: acceptedLines.quoteId,
      acceptedEnquiryId: sql<
        string | null
      >`(select q.enquiry_id from quotes q where q.id = ${acceptedLines.quoteId})`,
    })
    .from(enquiryLines)
    .innerJoin(requestLines, eq(requestLines.id, enquiryLines.requestLineId))
    .leftJoin(acceptedLines, eq(acceptedLines.requestLineId, requestLines.id))
    .where(eq(requestLines.requestId, requestId))
    .orderBy(asc(requestLines.position));
}

export async function declineQuote(tx: Db, decline: typeof declinedQuotes.$inferInsert): Promise<void> {
  await tx.insert(declinedQuotes).values(decline);
}

/** The newest version of each vendor's answer that no digest has told the buyer of. */
export async function untoldQuotes(tx: Db, requestId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select newest.id from (
      select distinct on (q.enquiry_id) q.id, q.created_at
      from quotes q join enquiries e on e.id = q.enquiry_id
      where e.request_id = ${requestId}::uuid
      order by q.enquiry_id, q.version desc) as newest
    where not exists (
      select from deliveries d
      where d.request_id = ${requestId}::uuid and d.kind = 'answer-digest'
        and d.content -> 'quoteIds' @> to_jsonb(newest.id::text))
    order by newest.created_at, newest.id`);
  return rows.map((row) => row.id);
}

/** The newest rate of each currency on or before a day ("2026-03-29"), with its day. */
export async function ratesOn(
  db: Db,
  day: string,
): Promise<{ currency: string; date: string; rate: string }[]> {
  return db.execute<{ currency: string; date: string; rate: string }>(sql`
    select distinct on (currency) currency, date::text as date, rate::text as rate
    from exchange_rates where date <= ${day}::date
    order by currency, date desc`);
}

export async function contactName(tx: Db, requestId: string): Promise<string> {
  const [request] = await tx
    .select({ name: requests.contactName })
    .from(requests)
    .where(eq(requests.id, requestId));
  return request?.name ?? '';
}
