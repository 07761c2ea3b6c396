import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import * as money from '#server/common/money.ts';
import type { PricedLine } from '../limits.ts';

interface OrderedLine extends PricedLine {
  lineId: string;
}

/** Lines that `by` accepted: two queries, so that each has an index. An order's count from when it was sent. */
const acceptedLines = (by: SQL): SQL => sql`
  select l.id as "lineId", r.id as request_id, q.currency, ql.unit_price::text as "unitPrice", ql.quantity, ${by} as by,
         case r.kind when 'order' then r.created_at else a.accepted_at end as at, a.accepted_at as latest, r.company_id
  from accepted_lines a
  join request_lines l on l.id = a.request_line_id
  join requests r on r.id = l.request_id
  join quotes q on q.id = a.quote_id
  join quote_lines ql on ql.quote_id = a.quote_id and ql.request_line_id = a.request_line_id`;

/**
 * Returns lines that are ordered: accepted ones at their quote's price, and those of sent orders that nobody has declined at
 * their list price. `counts`: which, by the request, the company, the person `by` and the time `at`. `latest` is `at` or later.
 */
async function orderedLines(db: Db, counts: SQL): Promise<OrderedLine[]> {
  const rows = await db.execute<{
    lineId: string;
    currency: string;
    unitPrice: string | null;
    quantity: number;
  }>(sql`
    select "lineId", currency, "unitPrice", quantity from (
      ${acceptedLines(sql`a.accepted_by`)} where a.accepted_by is not null
      union all
      ${acceptedLines(sql`r.buyer_id`)} where a.accepted_by is null
      union all
      select l.id, r.id, part.currency, part.list_price::text, l.quantity, r.buyer_id, r.created_at, r.created_at,
             r.company_id
      from requests r
      join request_lines l on l.request_id = r.id
      join enquiry_lines part on part.request_line_id = l.id
      join enquiries e on e.id = part.enquiry_id
      where r.kind = 'order' and e.status in ('sent', 'opened', 'answered', 'revision_asked')
        and not exists (select from accepted_lines a where a.request_line_id = l.id)
        and not exists (
          select from quotes q join quote_lines ql on ql.quote_id = q.id
          where q.enquiry_id = e.id and ql.request_line_id = l.id and ql.decision = 'decline'
            and not exists (select from quotes newer where newer.enquiry_id = e.id and newer.version > q.version))
    ) as ordered where ${counts}`);
  return rows.map(({ lineId, currency, unitPrice, quantity }) => {
    const price = money.parse(unitPrice);
    const total = price === null ? null : money.lineTotal(price, quantity, currency);
    return { lineId, currency, total };
  });
}

/** Returns what is ordered of a request. */
export const orderedOfRequest = (db: Db, requestId: string): Promise<OrderedLine[]> =>
  orderedLines(db, sql`request_id = ${requestId}::uuid`);

/** Returns what a person has ordered for a company since then. */
export const orderedSince = (
  db: Db,
  { companyId, buyerId }: { companyId: string; buyerId: string },
  since: Date,
): Promise<OrderedLine[]> => {
  const begin = sql`${since.toISOString()}::timestamptz`;
  // An index has `latest`.
  const isSince = sql`at >= ${begin} and latest >= ${begin}`;
  return orderedLines(db, sql`company_id = ${companyId}::uuid and by = ${buyerId}::uuid and ${isSince}`);
};
