import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { vendorQuality } from '#db/tables/complaints.ts';
import { vendors } from '#db/tables/vendors.ts';

/** Counts what all vendors did since then. An enquiry counts once it is answered or its deadline has passed. */
export async function countSince(db: Db, since: Date, now: Date): Promise<void> {
  const [from, until] = [since.toISOString(), now.toISOString()];
  await db.execute(sql`
    with first_answers as (
      select e.vendor_id, r.created_at as asked_at, e.deadline, e.status,
        (select min(q.created_at) from quotes q where q.enquiry_id = e.id) as answered_at
      from enquiries e join requests r on r.id = e.request_id where r.created_at >= ${from}::timestamptz),
    answers as (
      select vendor_id, count(answered_at) as answered,
        count(*) filter (where answered_at is not null
          or coalesce(deadline, asked_at + interval '14 days') < ${until}::timestamptz) as asked,
        percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at)) as median
      from first_answers group by vendor_id),
    legs as (
      select c.vendor_id, count(*) filter (where l.result = 'accepted') as taken,
        count(*) filter (where l.result in ('no_answer', 'silent', 'busy', 'unreachable')) as missed
      from call_legs l join calls c on c.id = l.call_id
      where l.role = 'agent' and l.created_at >= ${from}::timestamptz group by c.vendor_id),
    objections as (
      select vendor_id, count(distinct subject_id) as count from complaints
      where subject_type = 'call' and status not in ('withdrawn', 'rejected') and created_at >= ${from}::timestamptz
      group by vendor_id)
    insert into vendor_quality (vendor_id, asked, answered, median_answer_seconds, calls_taken, calls_missed,
                                call_complaints, counted_at)
    select v.id, coalesce(a.asked, 0), coalesce(a.answered, 0), round(a.median)::int, coalesce(l.taken, 0),
      coalesce(l.missed, 0), coalesce(o.count, 0), ${until}::timestamptz
    from vendors v left join answers a on a.vendor_id = v.id left join legs l on l.vendor_id = v.id
      left join objections o on o.vendor_id = v.id
    order by v.id
    on conflict (vendor_id) do update set (asked, answered, median_answer_seconds, calls_taken, calls_missed,
      call_complaints, counted_at) = (excluded.asked, excluded.answered, excluded.median_answer_seconds,
      excluded.calls_taken, excluded.calls_missed, excluded.call_complaints, excluded.counted_at)`);
}

/** Returns what was counted of a vendor; `counted` null: not yet. */
export async function findQuality(db: Db, vendorId: number) {
  const [row] = await db
    .select({ id: vendors.id, counted: vendorQuality })
    .from(vendors)
    .leftJoin(vendorQuality, eq(vendorQuality.vendorId, vendors.id))
    .where(eq(vendors.id, vendorId));
  return row ?? null;
}
