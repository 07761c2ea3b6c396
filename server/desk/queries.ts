import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { liveWorker } from '#server/platform/workers.ts';
import { missedResults } from './rules.ts';
import type { CallBackRow, CallRow, EnquiryRow, MeRow, RecentRow } from './rows.ts';

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`;
const missed = sql.raw(`(${missedResults.map((result) => `'${result}'`).join(', ')})`);

/** Runs a statement that returns each row as a JSON object: instants as ISO 8601 with an offset, amounts as strings. */
async function jsonRowsOf<Row>(db: Db, statement: SQL): Promise<Row[]> {
  const found = await db.execute<{ row: Row }>(statement);
  return found.map(({ row }) => row);
}

/** The longest local day, on which clocks are set back. */
const longestDayMs = 25 * 3_600_000;

/** Returns the agent with their vendor, colleagues, and statistics of today in the vendor's zone. */
export async function findMe(db: Db, agentId: number, now: Date): Promise<MeRow | null> {
  // A constant lower bound makes the planner read only a day's quotes instead of all the agent's enquiries.
  const yesterday = new Date(now.getTime() - longestDayMs);
  const [row] = await jsonRowsOf<MeRow>(
    db,
    sql`
    select jsonb_build_object(
      'name', a.name, 'kind', a.kind, 'phone', case when a.callable then a.phone end,
      'vendorId', v.id, 'vendorName', v.name, 'timeZone', v.time_zone,
      'status', coalesce(p.status, 'offline'), 'since', coalesce(p.status_since, a.created_at),
      'declared', coalesce(p.declared, 'offline'), 'phoneUntil', p.phone_until,
      'unreachableSince', p.unreachable_since,
      'hours', (select jsonb_build_object('opens', left(h.opens::text, 5), 'closes', left(h.closes::text, 5))
        from agent_hours h where h.agent_id = a.id
          and h.weekday = extract(isodow from ${instant(now)} at time zone v.time_zone)),
      'lastSwitch', (select jsonb_build_object('stopped', s.stopped, 'reason', s.reason, 'at', s.at)
        from calling_switches s order by s.id desc limit 1),
      'hasLiveWorker', ${liveWorker},
      'colleagueIds', (select coalesce(jsonb_agg(c.id), '[]') from agents c
        where c.vendor_id = a.vendor_id and c.id <> a.id),
      'missedUnseen', (select count(*) from call_legs l
        where l.agent_id = a.id and l.role = 'agent' and l.seen_at is null and l.result in ${missed}),
      'day', (select jsonb_build_object(
          'calls', count(*) filter (where l.result = 'accepted' and c.answered_at is not null),
          'talkSeconds', coalesce(sum(c.talk_seconds) filter (where l.result = 'accepted'), 0),
          'pickUpSeconds', round(extract(epoch from avg(l.answered_at - l.ringing_at)
            filter (where l.result = 'accepted'))),
          'missed', count(*) filter (where l.result in ${missed}))
        from call_legs l join calls c on c.id = l.call_id
        where l.agent_id = a.id and l.role = 'agent' and l.created_at >= today.starts),
      'answersSent', (select count(*) from deliveries d join quotes q on q.delivery_id = d.id
        where d.agent_id = ${agentId} and d.role = 'agent' and d.kind = 'enquiry'
          and q.created_at >= today.starts and q.created_at >= ${instant(yesterday)}),
      'rating', (select jsonb_build_object('average', round(avg(r.agent), 1), 'count', count(*))
        from call_ratings r where r.agent_id = a.id having count(*) > 0)) as row
    from agents a join vendors v on v.id = a.vendor_id
    left join agent_presence p on p.agent_id = a.id
    cross join lateral (select date_trunc('day', ${instant(now)} at time zone v.time_zone)
      at time zone v.time_zone as starts) as today
    where a.id = ${agentId}`,
  );
  return row ?? null;
}

// Fields of every call or call-back `c`, with its offer `o`, product `p` and account `ac`.
const commonFields = (name: SQL): SQL => sql`
  'name', nullif(${name}, ''), 'phone', c.phone, 'locale', c.locale, 'kind', c.kind, 'offerId', c.offer_id,
  'product', jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name)`;
const subject = sql`
  join offers o on o.id = c.offer_id join products p on p.id = o.product_id
  left join accounts ac on ac.id = c.account_id`;

// Earlier conversations of the same number or buyer with the vendor of call `c`, latest first.
const earlierCalls = sql`(select coalesce(jsonb_agg(to_jsonb(e) order by e.at desc), '[]') from (
    select c2.answered_at as at, g.name as "agentName", coalesce(c2.talk_seconds, 0) as "talkSeconds",
      nullif(c2.agent_note, '') as note
    from calls c2 join agents g on g.id = c2.agent_id
    where c2.vendor_id = c.vendor_id and c2.id <> c.id and c2.answered_at is not null
      and (c2.phone = c.phone or c2.buyer_id = c.buyer_id)
    order by c2.answered_at desc limit 3) as e)`;

/** Returns the call that the agent is in, for their desk. */
export async function findCall(db: Db, agentId: number): Promise<CallRow | null> {
  const [row] = await jsonRowsOf<CallRow>(
    db,
    sql`
    select jsonb_build_object('id', c.id, 'state', c.state, 'result', l.result, 'outcome', c.outcome,
      'requestedAt', c.requested_at, 'wantedAgentId', c.wanted_agent_id, 'ringingAt', l.ringing_at, 'pickedUpAt', l.answered_at,
      'answeredAt', c.answered_at, 'endedAt', c.ended_at, 'talkSeconds', c.talk_seconds, 'note', nullif(c.agent_note, ''),
      'wrapUpUntil', l.pinned_until, 'wrapUpExtended', l.wrap_up_extended, 'keptUntil', l.kept_until,
      'isPaid', exists (select from call_charges m where m.call_id = c.id), 'maxSeconds', c.max_seconds,
      'buyerId', c.buyer_id, 'vendorId', c.vendor_id, 'sharedSolutionId', c.shared_solution_id,
      'callBackId', c.call_back_id, 'callBackNote', nullif(b.note, ''), ${commonFields(sql`coalesce(nullif(b.name, ''), ac.name)`)},
      'own', jsonb_build_object('sku', o.sku, 'stock', o.stock, 'unit', o.unit, 'price', o.price::text,
        'currency', o.currency, 'priceBreaks', o.price_breaks),
      'triedIds', (select jsonb_agg(t.agent_id) from call_legs t
        where t.call_id = c.id and t.role = 'agent'),
      'earlier', ${earlierCalls}) as row
    from call_legs l join calls c on c.id = l.call_id ${subject}
    left join call_backs b on b.id = c.call_back_id
    where l.agent_id = ${agentId} and l.role = 'agent' and l.released_at is null`,
  );
  return row ?? null;
}

// Selects legs of calls that have ended for the agent.
const overFor = (agentId: number): SQL => sql`own.agent_id = ${agentId} and own.role = 'agent'
  and own.result is not null and (own.result <> 'accepted' or own.released_at is not null)`;

/** Returns a page of the calls that have ended for the agent, latest first. */
export async function recentCalls(
  db: Db,
  agentId: number,
  { page, perPage }: { page: number; perPage: number },
): Promise<RecentRow[]> {
  return jsonRowsOf<RecentRow>(
    db,
    sql`
    select jsonb_build_object('id', c.id, 'at', coalesce(l.ringing_at, l.created_at), 'result', l.result,
      'outcome', c.outcome, 'talked', l.result = 'accepted' and c.answered_at is not null,
      'talkSeconds', case when l.result = 'accepted' then c.talk_seconds end,
      'note', case when l.result = 'accepted' then nullif(c.agent_note, '') end,
      'seen', l.seen_at is not null, ${commonFields(sql`coalesce(nullif(b.name, ''), ac.name)`)},
      'takenBy', (select g.name from call_legs t join agents g on g.id = t.agent_id
        where t.call_id = c.id and t.id <> l.id and t.role = 'agent' and t.result = 'accepted'
          and c.answered_at is not null limit 1),
      'rating', (select jsonb_build_object('line', r.line, 'agent', r.agent) from call_ratings r
        where r.call_id = c.id and r.agent_id = l.agent_id)) as row
    from (select own.* from call_legs own
      where ${overFor(agentId)}
      order by own.created_at desc, own.id desc limit ${perPage} offset ${(page - 1) * perPage}) as l
    join calls c on c.id = l.call_id ${subject}
    left join call_backs b on b.id = c.call_back_id
    order by l.created_at desc, l.id desc`,
  );
}

/** Returns the number of calls that have ended for the agent. */
export async function countCalls(db: Db, agentId: number): Promise<number> {
  const [counted] = await db.execute<{ total: number }>(
    sql`select count(*)::int as total from call_legs own where ${overFor(agentId)}`,
  );
  return counted?.total ?? 0;
}

const callBacksShown = 100;

/** Returns the first of the open call-back requests that the agent may take, earliest first, and their number. */
export async function openCallBacks(
  db: Db,
  { agentId, vendorId, kind }: { agentId: number; vendorId: number; kind: 'sales' | 'support' },
): Promise<{ items: CallBackRow[]; total: number }> {
  const found = await db.execute<{ row: CallBackRow; total: number }>(sql`
    select count(*) over ()::int as total, jsonb_build_object('id', c.id, 'status', c.status, 'wantedAt', c.wanted_at, 'note', c.note,
      'attempts', c.attempts, 'createdAt', c.created_at, ${commonFields(sql`coalesce(nullif(c.name, ''), ac.name)`)},
      'calledBy', (select g.name from agents g where g.id = c.agent_id and c.status = 'calling')) as row
    from call_backs c ${subject} join categories g on g.id = p.category_id
    where c.vendor_id = ${vendorId} and c.kind = ${kind} and c.status in ('open', 'calling')
      and exists (select from agent_responsibilities r where r.agent_id = ${agentId}
        and (r.product_id = p.id or r.category_id = any(g.lineage)))
    order by c.wanted_at, c.id limit ${callBacksShown}`);
  return { items: found.map(({ row }) => row), total: found[0]?.total ?? 0 };
}

// The deadline doesn't apply to `revision_asked`. Same expression as the index enquiries_answerable.
const answerableUntil = sql`case when own.status = 'revision_asked' then own.links_expire_at
  else least(own.deadline, own.links_expire_at) end`;

/** Returns a page of the open enquiries that were mailed to the agent, most urgent first, and their total. */
export async function openEnquiries(
  db: Db,
  { agentId, vendorId }: { agentId: number; vendorId: number },
  { page, perPage }: { page: number; perPage: number },
  now: Date,
): Promise<{ items: EnquiryRow[]; total: number }> {
  const found = await db.execute<{ row: EnquiryRow; total: number }>(sql`
    select jsonb_build_object('requestId', r.id, 'number', r.number, 'kind', r.kind, 'deadline', e.deadline,
      'timeZone', coalesce(r.time_zone, 'UTC'),
      'buyer', coalesce(nullif(r.contact_company, ''), r.contact_name), 'status', e.status,
      'deliveryId', e.delivery_id, 'linkVersion', e.link_version + e.own_version,
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('price', n.list_price::text,
          'currency', n.currency, 'quantity', q.quantity, 'priceBreaks', '[]'::jsonb)), '[]')
        from enquiry_lines n join request_lines q on q.id = n.request_line_id
        where n.enquiry_id = e.id)) as row, e.total::int as total
    from (select own.*, m.delivery_id, m.own_version, ${answerableUntil} as answerable_until, count(*) over () as total
      from enquiries own
      cross join lateral (select d.id::text as delivery_id, d.link_version as own_version from deliveries d
        where d.subject_type = 'enquiry' and d.subject_id = own.id and d.agent_id = ${agentId} and d.role = 'agent'
          and d.kind = 'enquiry' and d.link_revoked_at is null order by d.id limit 1) as m
      where own.vendor_id = ${vendorId} and own.status in ('sent', 'opened', 'revision_asked')
        and ${answerableUntil} > ${instant(now)}
      order by ${answerableUntil}, own.id limit ${perPage} offset ${(page - 1) * perPage}) as e
    join requests r on r.id = e.request_id
    order by e.answerable_until, e.id`);
  // A page past the end has no row that could count them.
  if (found.length === 0 && page > 1) {
    const { total } = await openEnquiries(db, { agentId, vendorId }, { page: 1, perPage: 1 }, now);
    return { items: [], total };
  }
  return { items: found.map(({ row }) => row), total: found[0]?.total ?? 0 };
}
