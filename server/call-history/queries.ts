import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { calls } from '#db/tables/calls.ts';

type StoredCall = typeof calls.$inferSelect;

export interface ListedCallRow extends Record<string, unknown> {
  id: string;
  kind: StoredCall['kind'];
  state: StoredCall['state'];
  outcome: StoredCall['outcome'];
  requestedAt: string;
  answeredAt: string | null;
  endedAt: string | null;
  talkSeconds: number | null;
  product: { id: string; code: string; name: string };
  agent: { name: string } | null;
}

/** The columns of `ListedCallRow`, of a call `c`, its product `p` and its agent `a`, who may be null. */
export const listedColumns: SQL = sql`
  c.id, c.kind, c.state, c.outcome, c.talk_seconds as "talkSeconds", c.requested_at as "requestedAt",
  c.answered_at as "answeredAt", c.ended_at as "endedAt",
  json_build_object('id', p.id::text, 'code', p.code, 'name', p.name) as product,
  case when a.id is not null then json_build_object('name', a.name) end as agent`;

/** What a call has cost its payer so far, in 1/100 credit; 0 for sales calls. */
const spent = sql`(
  select coalesce(-sum(e.amount), 0)
  from ledger_transactions t
  join ledger_entries e on e.transaction_id = t.id
  join ledger_accounts a on a.id = e.account_id
  where t.subject_type = 'call' and t.subject_id = c.id and a.unit = 'credit'
    and a.owner_type not in ('vendor', 'house'))`;

export interface PastCallRow extends ListedCallRow {
  vendor: { id: string; name: string; slug: string };
  rating: { line: number; agent: number } | null;
  /** In 1/100 credit. */
  spent: string;
}

export interface CallsWanted {
  buyerId: string;
  kind?: StoredCall['kind'] | undefined;
  vendorId?: string | undefined;
}

const isWanted = ({ buyerId, kind, vendorId }: CallsWanted): SQL => sql`c.buyer_id = ${buyerId}
  ${kind === undefined ? sql.empty() : sql`and c.kind = ${kind}`}
  ${vendorId === undefined ? sql.empty() : sql`and c.vendor_id = ${vendorId}`}`;

/** Returns a page of a buyer's calls, latest first. */
export async function callsOf(
  db: Db,
  wanted: CallsWanted,
  { page, perPage }: { page: number; perPage: number },
): Promise<PastCallRow[]> {
  const rows = await db.execute<PastCallRow>(sql`
    select ${listedColumns}, json_build_object('id', v.id::text, 'name', v.name, 'slug', v.slug) as vendor,
      case when r.call_id is not null then json_build_object('line', r.line, 'agent', r.agent) end as rating,
      ${spent}::text as spent
    from calls c
    join vendors v on v.id = c.vendor_id
    join offers o on o.id = c.offer_id
    join products p on p.id = o.product_id
    left join agents a on a.id = c.agent_id
    left join call_ratings r on r.call_id = c.id
    where ${isWanted(wanted)}
    order by c.requested_at desc, c.id desc
    limit ${perPage} offset ${(page - 1) * perPage}`);
  return [...rows];
}

export async function countCalls(db: Db, wanted: CallsWanted): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from calls c where ${isWanted(wanted)}`,
  );
  return row?.count ?? 0;
}

export interface FiguresRow extends Record<string, unknown> {
  /** The week's Monday, or the vendor's id. */
  key: string;
  name: string | null;
  calls: number;
  answered: number;
  talkSeconds: number;
  ratings: number;
  lineTotal: number;
  agentTotal: number;
  /** In 1/100 credit. */
  spent: string;
}

/** A range of days of a zone's clocks, both included. */
export interface DaysWanted {
  from: string;
  to: string;
  timeZone: string;
}

/** Returns the figures of a buyer's calls, per week or per vendor. */
export async function figuresOf(
  db: Db,
  buyerId: string,
  { from, to, timeZone }: DaysWanted,
  by: 'week' | 'vendor',
): Promise<FiguresRow[]> {
  const key = {
    week: sql`date_trunc('week', c.requested_at at time zone ${timeZone})::date::text`,
    vendor: sql`c.vendor_id::text`,
  }[by];
  const name =
    by === 'vendor' ? sql`(select v.name from vendors v where v.id = min(c.vendor_id))` : sql`null`;
  const rows = await db.execute<FiguresRow>(sql`
    select ${key} as key, ${name} as name, count(*)::int as calls,
      count(*) filter (where c.outcome = 'completed' and c.talk_seconds > 0)::int as answered,
      coalesce(sum(c.talk_seconds), 0)::int as "talkSeconds", count(r.call_id)::int as ratings,
      coalesce(sum(r.line), 0)::int as "lineTotal", coalesce(sum(r.agent), 0)::int as "agentTotal",
      coalesce(sum(case when c.kind = 'support' then ${spent} end), 0)::text as spent
    from calls c
    left join call_ratings r on r.call_id = c.id
    where c.buyer_id = ${buyerId}
      and c.requested_at >= (${from}::date::timestamp at time zone ${timeZone})
      and c.requested_at < ((${to}::date + 1)::timestamp at time zone ${timeZone})
    group by 1
    order by calls desc, key`);
  return [...rows];
}
