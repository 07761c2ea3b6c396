import { asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { enquiries, type enquiryLines, type requestLines, requests } from '#db/tables/requests.ts';
import { announcing } from '#server/platform/realtime.ts';

/** A request that was sent, once per enquiry. */
export async function findSent(tx: Db, requestId: string) {
  return tx
    .select({
      request: { id: requests.id, number: requests.number, kind: requests.kind },
      enquiry: { id: enquiries.id, vendorId: enquiries.vendorId, vendorName: enquiries.vendorName },
    })
    .from(requests)
    .innerJoin(enquiries, eq(enquiries.requestId, requests.id))
    .where(eq(requests.id, requestId))
    .orderBy(asc(enquiries.id));
}

/** What is frozen: plain values, made by the service from the specification. */
export interface FrozenRequest {
  request: Omit<typeof requests.$inferInsert, 'id' | 'number'>;
  lines: Omit<typeof requestLines.$inferInsert, 'id' | 'requestId'>[];
  enquiries: Omit<typeof enquiries.$inferInsert, 'id' | 'requestId'>[];
  /** Found together by the line's position and the vendor. */
  parts: (Omit<typeof enquiryLines.$inferInsert, 'enquiryId' | 'requestLineId'> & {
    position: number;
    vendorId: number;
  })[];
}

/**
 * Writes the request with its lines, enquiries and their lines, and announces it to the vendors' desks. One statement
 * for any number; its rows are the enquiries in the order given.
 */
export async function freeze(tx: Db, frozen: FrozenRequest): Promise<FrozenEnquiry[]> {
  const { request: r } = frozen;
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  const rows = await tx.execute<{
    requestId: string;
    number: string;
    enquiryId: string;
    vendorId: string;
  }>(sql`
    with sequence as (select nextval('request_numbers')::text as n),
    sent as (
      insert into requests (number, kind, buyer_id, solution_id, title, contact_name, contact_email, contact_phone,
                            contact_company, contact_tax_id, delivery, message, deadline, locale, time_zone,
                            created_at)
      select ${numberPrefix(r.createdAt)} || lpad(n, greatest(5, length(n)), '0'), ${r.kind}, ${r.buyerId}::uuid,
             ${r.solutionId}::uuid, ${r.title}, ${r.contactName}, ${r.contactEmail}, ${r.contactPhone},
             ${r.contactCompany}, ${r.contactTaxId}, ${json(r.delivery)}, ${r.message},
             ${r.deadline?.toISOString() ?? null}::timestamptz, ${r.locale}, ${r.timeZone ?? null},
             ${r.createdAt.toISOString()}::timestamptz
      from sequence returning id, number, created_at),
    lines as (
      insert into request_lines (request_id, position, product_id, product_code, product_name, product_kind,
                                 category_path, image, quantity, options, note)
      select sent.id, l.* from sent, jsonb_to_recordset(${json(frozen.lines)}) as l (
        "position" integer, "productId" bigint, "productCode" text, "productName" text, "productKind" text,
        "categoryPath" text, "image" text, "quantity" integer, "options" jsonb, "note" text)
      returning id, position),
    parts as (
      insert into enquiries (request_id, vendor_id, vendor_name, vendor_time_zone, deadline, links_expire_at, status_at)
      select sent.id, e.*, sent.created_at from sent, jsonb_to_recordset(${json(frozen.enquiries)}) as e (
        "vendorId" bigint, "vendorName" text, "vendorTimeZone" text, "deadline" timestamptz,
        "linksExpireAt" timestamptz)
      returning id, vendor_id),
    asked as (
      insert into enquiry_lines (enquiry_id, request_line_id, offer_id, sku, unit, list_price, currency, minimum,
                                 pack_size, lead_time_days)
      select parts.id, lines.id, p."offerId", p."sku", p."unit", p."listPrice", p."currency", p."minimum",
             p."packSize", p."leadTimeDays"
      from jsonb_to_recordset(${json(frozen.parts)}) as p (
        "position" integer, "vendorId" bigint, "offerId" bigint, "sku" text, "unit" text, "listPrice" numeric,
        "currency" text, "minimum" integer, "packSize" integer, "leadTimeDays" integer)
      join lines on lines.position = p."position"
      join parts on parts.vendor_id = p."vendorId")
    select sent.id as "requestId", sent.number, parts.id as "enquiryId", parts.vendor_id as "vendorId",
           ${announcing(sql`'vendor:' || parts.vendor_id`)} as announced
    from sent, parts order by parts.id`);
  return rows.map(({ requestId, number, enquiryId, vendorId }) => ({
    ...{ requestId, number, enquiryId },
    vendorId: Number(vendorId),
  }));
}

export interface FrozenEnquiry {
  requestId: string;
  number: string;
  enquiryId: string;
  vendorId: number;
}

/** "QL-26-": the year of sending, in UTC. */
const numberPrefix = (at: Date) => `QL-${String(at.getUTCFullYear() % 100).padStart(2, '0')}-`;
