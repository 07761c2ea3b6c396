import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { noticeReads } from '#db/tables/notices.ts';
import { decidesAt, isSeenBy, type Viewer } from '#server/platform/auth/seeing.ts';

export interface NoticeRow extends Record<string, unknown> {
  id: string;
  name: string;
  at: string;
  isRead: boolean;
  /** What an event of a top-up changed, or the status that an approval or complaint got. */
  change: string | null;
  vendor: { id: string; name: string } | null;
  request: { id: string; number: string; title: string } | null;
  topUp: { id: string; reference: string } | null;
  approval: { id: string; number: string; title: string } | null;
  complaint: { id: string; number: string; title: string } | null;
}

/** What others do by the link of a mail. */
const requestEvents = ['quote.sent', 'enquiry.message_sent', 'enquiry.more_time_asked', 'link.revoked'];
const names = (list: readonly string[]) =>
  sql.join(
    list.map((name) => sql`${name}`),
    sql`, `,
  );

const upTo = (buyerId: string): SQL =>
  sql`coalesce((select n.up_to from notice_reads n where n.buyer_id = ${buyerId}), 0)`;

export const keptDays = 180;

/** What colleagues ask those who decide, and how what the buyer asked for themselves has ended. */
const approvalEvents = (viewer: Viewer, now: Date, since: SQL): SQL => {
  const isOfCompany = sql`p.company_id = ${viewer.member?.companyId ?? null}::uuid`;
  return sql`
    select e.id, e.name, e.at, e.payload, null, null, p.id, null
    from approvals p
    join events e on e.subject_type = case p.kind when 'order' then 'solution' else 'request' end
      and e.subject_id = case p.kind when 'order' then p.solution_id else p.request_id end
    where ${isOfCompany} and p.requester_id <> ${viewer.buyerId} and ${decidesAt(viewer, now)}
      and p.created_at > ${since} and e.name in ('approval.asked', 'approval.order_asked')
      and e.payload->>'approvalId' = p.id::text
    union all
    select e.id, e.name, e.at, e.payload, null, null, p.id, null
    from approvals p
    join events e on e.subject_type = 'approval' and e.subject_id = p.id
    where ${isOfCompany} and p.requester_id = ${viewer.buyerId}
      and e.name = 'approval.ended' and e.payload->>'status' <> 'withdrawn' and e.at > ${since}`;
};

/** What the vendor and staff write to the buyer in complaints, and do about them. */
const complaintEvents = (viewer: Viewer, since: SQL): SQL => sql`
    select e.id, e.name, e.at, e.payload, null, null, null, c.id
    from complaints c
    join events e on e.subject_type = 'complaint' and e.subject_id = c.id
    where ${isSeenBy('c', viewer)} and e.at > ${since} and case e.name
      when 'complaint.moved' then e.payload->>'status' <> 'withdrawn'
      when 'complaint.messaged' then e.payload->>'audience' = 'everyone' and exists (
        select from complaint_messages m where m.id = (e.payload->>'messageId')::uuid and m.author <> 'buyer')
      else false end`;

/**
 * The events that are notices of a buyer, also about what colleagues asked and bought for their company: each request,
 * top-up, approval and complaint has few, which its index finds.
 */
const noticesOf = (viewer: Viewer, now: Date): SQL => {
  const since = sql`${new Date(now.getTime() - keptDays * 86_400_000).toISOString()}::timestamptz`;
  return sql`
    select e.id, e.name, e.at, e.payload, r.id as request_id, null::uuid as top_up_id, null::uuid as approval_id,
      null::uuid as complaint_id
    from requests r
    join events e on e.subject_type = 'request' and e.subject_id = r.id
    where ${isSeenBy('r', viewer)} and e.name in (${names(requestEvents)})
      and e.actor like 'delivery:%' and e.at > ${since}
    union all
    select e.id, e.name, e.at, e.payload, null, t.id, null, null
    from top_ups t
    join events e on e.subject_type = 'top-up' and e.subject_id = t.id
    where ${isSeenBy('t', viewer)} and e.name = 'top-up.changed' and e.at > ${since}
    union all ${approvalEvents(viewer, now, since)}
    union all ${complaintEvents(viewer, since)}`;
};

/** Returns a page of a buyer's notices, latest first, with the number of all of them. */
export async function listNotices(
  db: Db,
  { viewer, now }: { viewer: Viewer; now: Date },
  { page, perPage }: { page: number; perPage: number },
): Promise<{ rows: NoticeRow[]; total: number; unread: number }> {
  const { buyerId } = viewer;
  const [found] = await db.execute<{ rows: NoticeRow[]; total: number; unread: number }>(sql`
    with notices as materialized (${noticesOf(viewer, now)}),
    shown as (
      select * from notices order by id desc limit ${perPage} offset ${(page - 1) * perPage}
    )
    select (select count(*)::int from notices) as total,
      (select count(*)::int from notices where id > ${upTo(buyerId)}) as unread,
      (select coalesce(json_agg(json_build_object(
          'id', s.id::text, 'name', s.name, 'at', s.at, 'isRead', s.id <= ${upTo(buyerId)},
          'change', coalesce(s.payload->>'change', s.payload->>'status'),
          'vendor', (select json_build_object('id', e.vendor_id::text, 'name', e.vendor_name)
            from enquiries e where e.id = (s.payload->>'enquiryId')::uuid),
          'request', (select json_build_object('id', r.id, 'number', r.number, 'title', r.title)
            from requests r where r.id = s.request_id),
          'topUp', (select json_build_object('id', t.id, 'reference', t.reference)
            from top_ups t where t.id = s.top_up_id),
          'approval', (select json_build_object('id', p.id, 'number', coalesce(r.number, ''),
              'title', coalesce(r.title, p.input->>'title', ''))
            from approvals p left join requests r on r.id = p.request_id where p.id = s.approval_id),
          'complaint', (select json_build_object('id', c.id, 'number', c.number, 'title', c.subject->>'title')
            from complaints c where c.id = s.complaint_id)) order by s.id desc), '[]') from shown s) as rows`);
  return found ?? { rows: [], total: 0, unread: 0 };
}

/** Returns how many notices a buyer hasn't read. */
export async function countUnread(db: Db, { viewer, now }: { viewer: Viewer; now: Date }): Promise<number> {
  const [row] = await db.execute<{ unread: number }>(sql`
    select count(*)::int as unread from (${noticesOf(viewer, now)}) n where n.id > ${upTo(viewer.buyerId)}`);
  return row?.unread ?? 0;
}

/** Notes that a buyer has read all notices up to now, or up to one. Never goes back. */
export async function noteRead(
  db: Db,
  { buyerId, now, last }: { buyerId: string; now: Date; last: string | null },
): Promise<void> {
  const newest = last === null ? sql`(select coalesce(max(e.id), 0) from events e)` : sql`${last}::bigint`;
  await db
    .insert(noticeReads)
    .values({ buyerId, upTo: sql`${newest}`, at: now })
    .onConflictDoUpdate({
      target: noticeReads.buyerId,
      set: { upTo: sql`greatest(${noticeReads.upTo}, excluded.up_to)`, at: now },
    });
}
