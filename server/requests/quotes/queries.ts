import { and, asc, desc, eq, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { offers, products } from '#db/tables/catalog.ts';
import { acceptedLines, declinedQuotes, quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, requestLines } from '#db/tables/requests.ts';

// A later version repeats the lines of an order that its vendor has confirmed.
const isConfirmedAgain = sql`(${quoteLines.decision} = 'confirm' and exists (
  select from quotes q where q.id = ${acceptedLines.quoteId} and q.enquiry_id = ${quoteLines.enquiryId}
    and q.version < ${quotes.version}))`;

/** Returns all quotes with their lines, by enquiry and newest first. */
export async function quotesOf(db: Db, by: { requestId: string } | { enquiryId: string }) {
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
        eq(acceptedLines.requestLineId, quoteLines.requestLineId),
        or(eq(acceptedLines.quoteId, quoteLines.quoteId), isConfirmedAgain),
      ),
    )
    .leftJoin(offers, eq(offers.id, quoteLines.alternativeOfferId))
    .leftJoin(products, eq(products.id, offers.productId))
    .where('requestId' in by ? eq(enquiries.requestId, by.requestId) : eq(enquiries.id, by.enquiryId))
    .orderBy(asc(quotes.enquiryId), desc(quotes.version), asc(requestLines.position));
  return [...Map.groupBy(lines, ({ quote }) => quote.id).values()].flatMap((own) =>
    own.slice(0, 1).map(({ quote, declinedAt }) => ({ quote, declinedAt, lines: own })),
  );
}
export type QuoteRow = Awaited<ReturnType<typeof quotesOf>>[number];
