import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callBacks } from '#db/tables/call-backs.ts';
import { deliveries } from '#db/tables/deliveries.ts';
import { quoteLines, quotes } from '#db/tables/quotes.ts';
import { enquiries, enquiryLines, enquiryMessages, requestLines, requests } from '#db/tables/requests.ts';

export type NewDelivery = typeof deliveries.$inferInsert;
export type DeliveryRow = typeof deliveries.$inferSelect;

/** Writes mails that were decided; answers the ids of those that weren't before. One statement for any number. */
export async function insertDeliveries(tx: Db, rows: NewDelivery[]): Promise<string[]> {
  const records = rows.map((row) => ({ ...row, content: row.content ?? {} }));
  const inserted = await tx.execute<{ id: string }>(sql`
    insert into deliveries (kind, dedupe_key, subject_type, subject_id, role, agent_id, to_email, to_name, locale,
                            content, message_id, decided_at, status_at)
    select "kind", "dedupeKey", "subjectType", "subjectId", "role", "agentId", "toEmail", "toName", "locale",
           "content", "messageId", "decidedAt", "statusAt"
    from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (
      "kind" text, "dedupeKey" text, "subjectType" text, "subjectId" uuid, "role" text, "agentId" bigint,
      "toEmail" text, "toName" text, "locale" text, "content" jsonb, "messageId" text,
      "decidedAt" timestamptz, "statusAt" timestamptz)
    on conflict (dedupe_key) do nothing
    returning id`);
  return inserted.map((row) => row.id);
}

/** The people of a vendor who got the enquiry: one row per address. */
export async function recipientsOf(tx: Db, enquiryIds: string[]) {
  return tx
    .select()
    .from(deliveries)
    .where(
      and(
        eq(deliveries.subjectType, 'enquiry'),
        inArray(deliveries.subjectId, enquiryIds),
        eq(deliveries.kind, 'enquiry'),
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

/**
 * Ends a delivery that is still queued; a copy that was sent meanwhile keeps its own end. What somebody wrote who wants
 * to be called back isn't kept here longer than that.
 */
export async function settle(
  db: Db,
  id: string,
  end: { status: 'sent' | 'bounced' | 'failed' | 'withdrawn'; at: Date; error?: string },
): Promise<void> {
  await db
    .update(deliveries)
    .set({
      status: end.status,
      statusAt: end.at,
      attempts: end.status === 'withdrawn' ? deliveries.attempts : sql`${deliveries.attempts} + 1`,
      lastError: end.error ?? null,
      content: sql`case when ${deliveries.subjectType} = 'call_back' then '{}' else ${deliveries.content} end`,
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, 'queued')));
}

/** Keeps count of a try that failed and will be repeated. */
export async function countAttempt(db: Db, id: string, error: string): Promise<void> {
  await db
    .update(deliveries)
    .set({ attempts: sql`${deliveries.attempts} + 1`, lastError: error })
    .where(and(eq(deliveries.id, id), eq(deliveries.status, 'queued')));
}

/** A person acted behind the link of this mail; only the first time counts. */
export async function markRead(tx: Db, id: string, at: Date): Promise<void> {
  await tx
    .update(deliveries)
    .set({ readAt: at })
    .where(and(eq(deliveries.id, id), isNull(deliveries.readAt)));
}

/**
 * What a mail needs: itself, what it is about, and for a vendor's mail the enquiry and whose link it carries. Either
 * `request` or `callBackStatus` is set.
 */
export async function loadMail(db: Db, deliveryId: string) {
  const [found] = await db
    .select({
      delivery: deliveries,
      request: requests,
      enquiry: enquiries,
      callBackStatus: callBacks.status,
      linkDeliveryId: sql<string | null>`(select min(first.id::text) from deliveries first
        where first.subject_type = 'enquiry' and first.subject_id = ${deliveries.subjectId} and first.kind = 'enquiry'
          and first.to_email = ${deliveries.toEmail})`,
    })
    .from(deliveries)
    .leftJoin(enquiries, and(eq(deliveries.subjectType, 'enquiry'), eq(enquiries.id, deliveries.subjectId)))
    .leftJoin(
      requests,
      or(
        eq(requests.id, enquiries.requestId),
        and(eq(deliveries.subjectType, 'request'), eq(requests.id, deliveries.subjectId)),
      ),
    )
    .leftJoin(callBacks, and(eq(deliveries.subjectType, 'call_back'), eq(callBacks.id, deliveries.subjectId)))
    .where(eq(deliveries.id, deliveryId));
  return found ?? null;
}
export type LoadedMail = NonNullable<Awaited<ReturnType<typeof loadMail>>>;
/** Of a mail about a request. */
export type MailRows = LoadedMail & { request: NonNullable<LoadedMail['request']> };

/** Lines with the vendor's part of them: of one enquiry, or of the whole request. */
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

/** Versions of answers with their lines, in the order of lines. */
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
