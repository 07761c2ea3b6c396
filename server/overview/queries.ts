import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { decidesAt, isSeenBy, type Viewer } from '#server/platform/auth/seeing.ts';
import type { Need } from './schema.ts';

export interface NeedRow extends Record<string, unknown> {
  kind: Need['kind'];
  total: number;
  items: { id: string; number: string; title: string; vendor: string | null; at: string | null }[];
}

const shown = 3;
const expiringDays = 3;
const rateableDays = 7;

const days = (from: Date, count: number) =>
  sql`${new Date(from.getTime() + count * 86_400_000).toISOString()}::timestamptz`;

/** What waits for this buyer: requesters don't act on what colleagues asked, though they see it. */
const isMine = (alias: string, viewer: Viewer) =>
  viewer.member?.role === 'requester'
    ? sql`${sql.raw(alias)}.buyer_id = ${viewer.buyerId} and ${isSeenBy(alias, viewer)}`
    : isSeenBy(alias, viewer);

/** What can be decided about a buyer's requests, by the newest quote of each enquiry. */
const openQuotes = (viewer: Viewer, now: Date) => sql`
  select r.id, r.number, r.title, e.vendor_name as vendor, q.expires_at as at
  from requests r
  join enquiries e on e.request_id = r.id and e.status in ('answered', 'revision_asked', 'partly_accepted')
  join lateral (
    select n.id, n.expires_at from quotes n where n.enquiry_id = e.id order by n.version desc limit 1) q on true
  where ${isMine('r', viewer)}
    and q.expires_at > ${days(now, 0)}
    and not exists (select from declined_quotes d where d.quote_id = q.id)
    and exists (
      select from quote_lines l where l.quote_id = q.id and l.decision <> 'decline'
        and not exists (select from accepted_lines a where a.request_line_id = l.request_line_id))`;

/** Vendors who wrote last, in enquiries that can still be written in. */
const questions = (viewer: Viewer, now: Date) => sql`
  select r.id, r.number, r.title, e.vendor_name as vendor, m.created_at as at
  from requests r
  join enquiries e on e.request_id = r.id and e.links_expire_at > ${days(now, 0)}
  join lateral (
    select n.author, n.created_at from enquiry_messages n
    where n.enquiry_id = e.id order by n.created_at desc, n.id desc limit 1) m on m.author = 'vendor'
  where ${isMine('r', viewer)}`;

/** What colleagues want to order and may not without an approval by this person. */
const toApprove = (viewer: Viewer, now: Date) => sql`
  select 'approval', p.id, coalesce(r.number, ''), coalesce(r.title, p.input ->> 'title', ''), null, p.expires_at
  from approvals p left join requests r on r.id = p.request_id
  where p.company_id = ${viewer.member?.companyId ?? null}::uuid and p.requester_id <> ${viewer.buyerId}
    and p.status = 'waiting' and p.expires_at > ${days(now, 0)} and ${decidesAt(viewer, now)}`;

/**
 * Returns what waits for a buyer, by kind. Requests count once per kind, with who is first; each has few enquiries, which
 * indexes find.
 */
export async function needsOf(db: Db, viewer: Viewer, now: Date): Promise<NeedRow[]> {
  const { buyerId } = viewer;
  const rows = await db.execute<NeedRow>(sql`
    with quotes_open as materialized (${openQuotes(viewer, now)}),
    waiting as (
      select distinct on (id) 'expiring' as kind, id, number, title, vendor, at from quotes_open
      where at <= ${days(now, expiringDays)} order by id, at
    ), decide as (
      select distinct on (id) 'decide' as kind, id, number, title, vendor, at from quotes_open
      where id not in (select w.id from waiting w) order by id, at
    ), asked as (
      select distinct on (id) 'question' as kind, id, number, title, vendor, at
      from (${questions(viewer, now)}) q order by id, at
    ), needs as (
      select * from waiting union all select * from decide union all select * from asked
      union all ${toApprove(viewer, now)}
      union all
      select 'call_back', b.id, '', p.name, v.name, b.wanted_at
      from call_backs b join vendors v on v.id = b.vendor_id
      join offers o on o.id = b.offer_id join products p on p.id = o.product_id
      where b.buyer_id = ${buyerId} and b.status in ('open', 'calling')
      union all
      select 'rate', c.id, '', p.name, v.name, c.ended_at
      from calls c join vendors v on v.id = c.vendor_id
      join offers o on o.id = c.offer_id join products p on p.id = o.product_id
      where c.buyer_id = ${buyerId} and c.requested_at > ${days(now, -rateableDays - 1)}
        and c.state = 'closed' and c.outcome = 'completed' and c.talk_seconds > 0
        and c.ended_at > ${days(now, -rateableDays)}
        and not exists (select from call_ratings r where r.call_id = c.id)
      union all
      select 'top_up', t.id, t.reference, '', null, t.created_at
      from top_ups t where ${isSeenBy('t', viewer)} and t.paid_at is null and t.cancelled_at is null
    ), numbered as (
      select *, row_number() over (partition by kind order by at, id) as nth from needs
    )
    select kind, count(*)::int as total,
      json_agg(json_build_object('id', id, 'number', number, 'title', title, 'vendor', vendor, 'at', at)
        order by nth) filter (where nth <= ${shown}) as items
    from numbered group by kind`);
  return [...rows];
}
