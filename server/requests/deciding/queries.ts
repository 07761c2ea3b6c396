import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { acceptedLines, declinedQuotes, quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, requestLines, requests } from '#db/tables/requests.ts';
import type { GivenDetails } from '../orders/details.ts';
import { insertRows } from '#server/platform/rows.ts';

/** `acceptedBy`: the buyer for whose limits they count; null: who sent the request. */
export async function acceptLines(
  tx: Db,
  lines: readonly { quoteId: string; lineId: string }[],
  at: Date,
  acceptedBy: string | null = null,
): Promise<void> {
  await insertRows(
    tx,
    acceptedLines,
    lines.map(({ quoteId, lineId }) => ({ quoteId, requestLineId: lineId, acceptedAt: at, acceptedBy })),
  );
}

/** Returns the quotes of a request that a decision names, with what the decision depends on. */
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

/** Returns the lines that quotes offer, without declined ones. */
export async function offeredLines(tx: Db, quoteIds: readonly string[]) {
  return tx
    .select({ quoteId: quoteLines.quoteId, lineId: quoteLines.requestLineId })
    .from(quoteLines)
    .innerJoin(requestLines, eq(requestLines.id, quoteLines.requestLineId))
    .where(and(inArray(quoteLines.quoteId, [...quoteIds]), sql`${quoteLines.decision} <> 'decline'`))
    .orderBy(asc(requestLines.position));
}

/** Returns a request's lines by enquiry, with the quote and enquiry each was accepted from. */
export async function enquiryLinesOf(tx: Db, requestId: string) {
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

/** Locks a request and returns what is known about who orders and where everything goes. */
export async function lockDetails(tx: Db, requestId: string) {
  const [row] = await tx
    .select({
      contactCompany: requests.contactCompany,
      delivery: requests.delivery,
      billing: requests.billing,
      orderDetails: requests.orderDetails,
    })
    .from(requests)
    .where(eq(requests.id, requestId))
    .for('no key update');
  if (!row) throw new Error(`no request ${requestId}`);
  return row;
}

export async function saveDetails(tx: Db, requestId: string, orderDetails: GivenDetails): Promise<void> {
  await tx.update(requests).set({ orderDetails }).where(eq(requests.id, requestId));
}

/** Returns whether all lines of an enquiry are ordered, from whomever, and whether its vendor's last word was to ask for time. */
export async function whatIsLeft(
  tx: Db,
  enquiryId: string,
): Promise<{ isAllOrdered: boolean; wantsTime: boolean }> {
  const [row] = await tx.execute<{ isAllOrdered: boolean; wantsTime: boolean }>(sql`
    select not exists (
      select from enquiry_lines part left join accepted_lines a on a.request_line_id = part.request_line_id
      where part.enquiry_id = ${enquiryId}::uuid and a.quote_id is null) as "isAllOrdered",
      coalesce((select kind = 'more_time' from enquiry_messages where enquiry_id = ${enquiryId}::uuid
                order by created_at desc, id desc limit 1), false) as "wantsTime"`);
  return row!;
}

export async function declineQuote(tx: Db, decline: typeof declinedQuotes.$inferInsert): Promise<void> {
  await tx.insert(declinedQuotes).values(decline);
}
