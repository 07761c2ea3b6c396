import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { builtOnce, type Given } from '#db/built.ts';
import type { Db } from '#db/client.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, enquiryMessages, requestLines, requests } from '#db/tables/requests.ts';
import { handlerOf } from '#server/companies/service.ts';
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

/** Returns to whom mails about a request go: its contact, or, once they have left its company, its first admin. */
export async function buyerOf(
  tx: Db,
  requestId: string,
): Promise<{ email: string; name: string; locale: string } | null> {
  const [request] = await tx
    .select({
      email: requests.contactEmail,
      name: requests.contactName,
      locale: requests.locale,
      companyId: requests.companyId,
      buyerId: requests.buyerId,
    })
    .from(requests)
    .where(eq(requests.id, requestId));
  if (!request) return null;
  const { companyId, buyerId, ...contact } = request;
  const handler = companyId === null ? null : await handlerOf(tx, { companyId, buyerId });
  if (!handler || handler.buyerId === buyerId) return contact;
  return { email: handler.email, name: handler.name, locale: handler.locale };
}

/** The mail that a person's answer link is made of. */
interface AnswerLinkMail {
  id: string;
  linkVersion: number;
  isRevoked: boolean;
}
type SubjectOfMail = Pick<DeliveryRow, 'subjectType' | 'subjectId' | 'toEmail'>;
interface Subject {
  request: typeof requests.$inferSelect;
  enquiry: typeof enquiries.$inferSelect | null;
  link: AnswerLinkMail | null;
}
export type MailRows = Subject & { delivery: Pick<DeliveryRow, 'role' | 'toName'> };

/**
 * Reads the requests of mails; for those about an enquiry also the enquiry and the mail that its answer link is made of.
 * Returns a function that returns those of one mail.
 */
export async function loadSubjects(
  db: Db,
  mails: readonly SubjectOfMail[],
): Promise<(mail: SubjectOfMail) => Subject> {
  const idsOf = (type: string) =>
    listOf(mails.filter((mail) => mail.subjectType === type).map(({ subjectId }) => subjectId));
  const [requestIds, enquiryIds] = [idsOf('request'), idsOf('enquiry')];
  const [ofRequests, ofEnquiries, links] = await Promise.all([
    requestIds === noIds ? [] : requestsOf(db, { ids: requestIds }),
    enquiryIds === noIds ? [] : enquiriesOf(db, { ids: enquiryIds }),
    enquiryIds === noIds ? [] : linksOf(db, { ids: enquiryIds }),
  ]);
  const requestsById = new Map(ofRequests.map((request) => [request.id, request]));
  const enquiriesById = new Map(ofEnquiries.map((row) => [row.enquiry.id, row]));
  const linksByPerson = new Map(
    links.map(({ enquiryId, toEmail, ...link }) => [`${enquiryId} ${toEmail}`, link]),
  );
  return ({ subjectType, subjectId, toEmail }) => {
    if (subjectType === 'request') {
      const request = requestsById.get(subjectId);
      if (!request) throw new Error(`no request ${subjectId}`);
      return { request, enquiry: null, link: null };
    }
    const found = enquiriesById.get(subjectId);
    if (!found) throw new Error(`no enquiry ${subjectId}`);
    return { ...found, link: linksByPerson.get(`${subjectId} ${toEmail}`) ?? null };
  };
}

/** Returns ids as PostgreSQL writes an array. */
const listOf = (ids: readonly string[]): string => `{${[...new Set(ids)].join()}}`;
const noIds = listOf([]);

const requestsOf = builtOnce((db, { ids }: Given<{ ids: string }>) =>
  db
    .select()
    .from(requests)
    .where(sql`${requests.id} = any(${ids}::uuid[])`),
);

const enquiriesOf = builtOnce((db, { ids }: Given<{ ids: string }>) =>
  db
    .select({ request: requests, enquiry: enquiries })
    .from(enquiries)
    .innerJoin(requests, eq(requests.id, enquiries.requestId))
    .where(sql`${enquiries.id} = any(${ids}::uuid[])`),
);

const linksOf = builtOnce((db, { ids }: Given<{ ids: string }>) =>
  db
    .selectDistinctOn([deliveries.subjectId, deliveries.toEmail], {
      enquiryId: deliveries.subjectId,
      toEmail: deliveries.toEmail,
      id: deliveries.id,
      linkVersion: deliveries.linkVersion,
      isRevoked: sql<boolean>`${deliveries.linkRevokedAt} is not null`,
    })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.subjectType, 'enquiry'),
        sql`${deliveries.subjectId} = any(${ids}::uuid[])`,
        eq(deliveries.kind, 'enquiry'),
      ),
    )
    .orderBy(deliveries.subjectId, deliveries.toEmail, asc(deliveries.id)),
);

/** Returns the lines of enquiries, by enquiry, with the vendor's terms. */
export async function loadEnquiryLines(
  db: Db,
  enquiryIds: readonly string[],
): Promise<ReadonlyMap<string, MailLine[]>> {
  const rows = await linesOfEnquiries(db, { ids: listOf(enquiryIds) });
  return Map.groupBy(rows, ({ part }) => part.enquiryId);
}

/** Returns the lines of whole requests, by request, with each vendor's terms. */
export async function loadRequestLines(
  db: Db,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, MailLine[]>> {
  const rows = await linesOfRequests(db, { ids: listOf(requestIds) });
  return Map.groupBy(rows, ({ line }) => line.requestId);
}

const selectLines = (db: Db, where: SQL) =>
  db
    .select({ line: requestLines, part: enquiryLines, vendorName: enquiries.vendorName })
    .from(enquiryLines)
    .innerJoin(enquiries, eq(enquiries.id, enquiryLines.enquiryId))
    .innerJoin(requestLines, eq(requestLines.id, enquiryLines.requestLineId))
    .where(where)
    .orderBy(asc(requestLines.position), asc(enquiries.id));
export type MailLine = Awaited<ReturnType<typeof selectLines>>[number];

const linesOfEnquiries = builtOnce((db, { ids }: Given<{ ids: string }>) =>
  selectLines(db, sql`${enquiries.id} = any(${ids}::uuid[])`),
);
const linesOfRequests = builtOnce((db, { ids }: Given<{ ids: string }>) =>
  selectLines(db, sql`${enquiries.requestId} = any(${ids}::uuid[])`),
);

/** Returns the lines of these quotes, in the order of the request. */
export async function loadQuoteLines(db: Db, quoteIds: readonly string[]) {
  if (quoteIds.length === 0) return [];
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
    .where(sql`${quotes.id} = any(${listOf(quoteIds)}::uuid[])`)
    .orderBy(asc(requestLines.position));
}
export type MailQuoteLine = Awaited<ReturnType<typeof loadQuoteLines>>[number];

/** Returns messages with their vendors' names, by id. */
export async function loadMessages(db: Db, ids: readonly string[]) {
  const rows = await db
    .select({ message: enquiryMessages, vendorName: enquiries.vendorName })
    .from(enquiryMessages)
    .innerJoin(enquiries, eq(enquiries.id, enquiryMessages.enquiryId))
    .where(sql`${enquiryMessages.id} = any(${listOf(ids)}::uuid[])`);
  return new Map(rows.map(({ message, vendorName }) => [message.id, { ...message, vendorName }]));
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
