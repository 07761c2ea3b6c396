import { randomUUID } from 'node:crypto';
import { asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { enquiries, enquiryLines, requestLines, requests } from '#db/tables/requests.ts';
import { announcing } from '#server/platform/realtime.ts';
import { jsonRows } from '#server/platform/rows.ts';

/** Returns a sent request, one row per enquiry. */
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

/** The immutable rows of a request. */
export interface FrozenRequest {
  request: Omit<typeof requests.$inferInsert, 'id' | 'number'>;
  lines: Omit<typeof requestLines.$inferInsert, 'id' | 'requestId'>[];
  enquiries: Omit<typeof enquiries.$inferInsert, 'id' | 'requestId'>[];
  /** Rows of `enquiry_lines`, which reference lines by position and enquiries by vendor. */
  asked: (Omit<typeof enquiryLines.$inferInsert, 'enquiryId' | 'requestLineId'> & {
    position: number;
    vendorId: number;
  })[];
}

/** Inserts a request with its lines and enquiries, and notifies the vendors' desks. Returns its enquiries. */
export async function insertFrozenRequest(tx: Db, frozen: FrozenRequest): Promise<FrozenEnquiry[]> {
  const request = jsonRows('r', requests, [frozen.request]);
  // Random ids: time-ordered ones would show a vendor how many rows were written between its own.
  const withIds = frozen.lines.map((line) => ({ id: randomUUID(), ...line }));
  const lines = jsonRows('l', requestLines, withIds);
  const parts = jsonRows('e', enquiries, frozen.enquiries);
  const keys = { position: requestLines.position, vendorId: enquiries.vendorId };
  const asked = jsonRows('a', enquiryLines, frozen.asked, keys);
  const rows = await tx.execute<{
    requestId: string;
    number: string;
    enquiryId: string;
    vendorId: string;
  }>(sql`
    with sequence as (select nextval('request_numbers')::text as n),
    sent as (
      insert into requests (number, ${request.columns})
      select ${numberPrefix(frozen.request.createdAt)} || lpad(n, greatest(5, length(n)), '0'), ${request.values}
      from sequence, ${request.from} returning id, number),
    lines as (
      insert into request_lines (request_id, ${lines.columns})
      select sent.id, ${lines.values} from sent, ${lines.from} returning id, position),
    parts as (
      insert into enquiries (request_id, ${parts.columns})
      select sent.id, ${parts.values} from sent, ${parts.from} returning id, vendor_id),
    asked as (
      insert into enquiry_lines (enquiry_id, request_line_id, ${asked.columns})
      select parts.id, lines.id, ${asked.values} from ${asked.from}
      join lines on lines.position = a.position
      join parts on parts.vendor_id = a."vendorId")
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

/** Returns "QL-26-" for 2026, by the year in UTC. */
const numberPrefix = (at: Date) => `QL-${String(at.getUTCFullYear() % 100).padStart(2, '0')}-`;
