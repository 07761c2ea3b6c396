import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, enquiryMessages, requestLines, requests } from '#db/tables/requests.ts';
import type { DeliveryRow } from '#server/platform/mailing/template.ts';

/** Returns the mails that brought these enquiries to vendors' people whose links work, one per address. */
export async function recipientsOf(tx: Db, enquiryIds: string[]) {
  return tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.subjectType, 'enquiry'),
        inArray(deliveries.subjectId, enquiryIds),
        eq(deliveries.kind, 'enquiry'),
        isNull(deliveries.linkRevokedAt),
      ),
    )
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

/** Returns the request of a mail; for a mail about an enquiry also the enquiry and the mail its answer link is made of. */
export async function loadSubject(db: Db, { subjectType, subjectId, toEmail }: SubjectOfMail) {
  if (subjectType === 'request') {
    const [request] = await db.select().from(requests).where(eq(requests.id, subjectId));
    if (!request) throw new Error(`no request ${subjectId}`);
    return { request, enquiry: null, link: null };
  }
  const [found] = await db
    .select({
      request: requests,
      enquiry: enquiries,
      link: sql<AnswerLinkMail | null>`(
        select json_build_object('id', first.id, 'linkVersion', first.link_version,
                                 'isRevoked', first.link_revoked_at is not null)
        from deliveries first
        where first.subject_type = 'enquiry' and first.subject_id = ${subjectId}::uuid
          and first.kind = 'enquiry' and first.to_email = ${toEmail} order by first.id limit 1)`,
    })
    .from(enquiries)
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .where(eq(enquiries.id, subjectId));
  if (!found) throw new Error(`no enquiry ${subjectId}`);
  return found;
}
/** The mail that a person's answer link is made of. */
interface AnswerLinkMail {
  id: string;
  linkVersion: number;
  isRevoked: boolean;
}
type SubjectOfMail = Pick<DeliveryRow, 'subjectType' | 'subjectId' | 'toEmail'>;
export type MailRows = Awaited<ReturnType<typeof loadSubject>> & {
  delivery: Pick<DeliveryRow, 'role' | 'toName'>;
};

/** Returns the lines of an enquiry or a whole request, with each vendor's terms. */
export async function loadLines(db: Db, of: { enquiryId: string } | { requestId: string }) {
  return db
    .select({ line: requestLines, part: enquiryLines, vendorName: enquiries.vendorName })
    .from(enquiryLines)
    .innerJoin(enquiries, eq(enquiries.id, enquiryLines.enquiryId))
    .innerJoin(requestLines, eq(requestLines.id, enquiryLines.requestLineId))
    .where('enquiryId' in of ? eq(enquiries.id, of.enquiryId) : eq(enquiries.requestId, of.requestId))
    .orderBy(asc(requestLines.position), asc(enquiries.id));
}
export type MailLine = Awaited<ReturnType<typeof loadLines>>[number];

/** Returns the lines of these quotes, in the order of the request. */
export async function loadQuoteLines(db: Db, quoteIds: string[]) {
  return db
    .select({
      quote: quotes,
      answer: quoteLines,
      line: requestLines,
      unit: enquiryLines.unit,
      enquiry: enquiries,
    })
    .from(quoteLines)
    .innerJoin(quotes, eq(quotes.id, quoteLines.quoteId))
    .innerJoin(enquiries, eq(enquiries.id, quotes.enquiryId))
    .innerJoin(requestLines, eq(requestLines.id, quoteLines.requestLineId))
    .innerJoin(
      enquiryLines,
      and(
        eq(enquiryLines.enquiryId, quotes.enquiryId),
        eq(enquiryLines.requestLineId, quoteLines.requestLineId),
      ),
    )
    .where(inArray(quotes.id, quoteIds))
    .orderBy(asc(requestLines.position));
}
export type MailQuoteLine = Awaited<ReturnType<typeof loadQuoteLines>>[number];

export async function loadMessage(db: Db, id: string) {
  const [found] = await db
    .select({ message: enquiryMessages, vendorName: enquiries.vendorName })
    .from(enquiryMessages)
    .innerJoin(enquiries, eq(enquiries.id, enquiryMessages.enquiryId))
    .where(eq(enquiryMessages.id, id));
  return found ?? null;
}

/** Returns mails that wait for a digest, in the order they were decided, each with the number of its lines. */
export async function loadWaiting(db: Db, deliveryIds: string[]) {
  const ofRequest = sql`(select count(*)::int from request_lines l where l.request_id = ${requests.id})`;
  const ofEnquiry = sql`(select count(*)::int from enquiry_lines l where l.enquiry_id = ${enquiries.id})`;
  return db
    .select({
      delivery: deliveries,
      enquiry: enquiries,
      request: requests,
      lines: sql<number>`case when ${enquiries.id} is null then ${ofRequest} else ${ofEnquiry} end`,
    })
    .from(deliveries)
    .leftJoin(enquiries, and(eq(deliveries.subjectType, 'enquiry'), eq(enquiries.id, deliveries.subjectId)))
    .innerJoin(requests, sql`${requests.id} = coalesce(${enquiries.requestId}, ${deliveries.subjectId})`)
    .where(inArray(deliveries.id, deliveryIds))
    .orderBy(asc(deliveries.id));
}
export type WaitingMail = Awaited<ReturnType<typeof loadWaiting>>[number];
