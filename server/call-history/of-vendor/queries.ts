import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { calls } from '#db/tables/calls.ts';
import { listedColumns, type ListedCallRow } from '../queries.ts';

type StoredCall = typeof calls.$inferSelect;

export interface VendorCallRow extends ListedCallRow {
  rating: { line: number; agent: number; comment: string | null } | null;
  note: string | null;
}

export interface VendorCallsWanted {
  vendorId: number;
  kind?: StoredCall['kind'] | undefined;
  result?: 'talked' | 'missed' | 'running' | undefined;
  q?: string | undefined;
}

const hasTalked = sql`c.outcome = 'completed' and c.talk_seconds > 0`;
const byResult: Record<NonNullable<VendorCallsWanted['result']>, SQL> = {
  talked: sql`c.state = 'closed' and ${hasTalked}`,
  missed: sql`c.state = 'closed' and (${hasTalked}) is not true`,
  running: sql`c.state <> 'closed'`,
};

function ofVendor({ vendorId, kind, result, q = '' }: VendorCallsWanted): SQL {
  const part = q.trim().toLowerCase();
  const holds = (text: SQL) => sql`strpos(lower(${text}), ${part}) > 0`;
  const conditions = [
    sql`c.vendor_id = ${vendorId}`,
    ...(kind === undefined ? [] : [sql`c.kind = ${kind}`]),
    ...(result === undefined ? [] : [byResult[result]]),
    ...(part === ''
      ? []
      : [
          sql`(${sql.join(
            ['a.name', 'p.name', 'p.code', 'c.agent_note'].map((name) => holds(sql.raw(name))),
            sql` or `,
          )})`,
        ]),
  ];
  return sql`from calls c
    join offers o on o.id = c.offer_id
    join products p on p.id = o.product_id
    left join agents a on a.id = c.agent_id
    where ${sql.join(conditions, sql` and `)}`;
}

/** Returns a page of the calls to a vendor, latest first, without anything of their buyers, and how many there are. */
export async function callsOfVendor(
  db: Db,
  wanted: VendorCallsWanted,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ rows: VendorCallRow[]; total: number }> {
  const found = ofVendor(wanted);
  const [rows, [counted]] = await Promise.all([
    db.execute<VendorCallRow>(sql`
      select ${listedColumns}, nullif(c.agent_note, '') as note,
        (select json_build_object('line', r.line, 'agent', r.agent, 'comment', r.comment)
          from call_ratings r where r.call_id = c.id) as rating
      ${found}
      order by c.requested_at desc, c.id desc
      limit ${perPage} offset ${(page - 1) * perPage}`),
    db.execute<{ total: number }>(sql`select count(*)::int as total ${found}`),
  ]);
  return { rows: [...rows], total: counted?.total ?? 0 };
}
