import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { endsWith, isStillOf, type Person } from '#server/platform/personal.ts';
import { announcing } from '#server/platform/realtime.ts';

/** Nothing reports yet that an order has arrived: it counts as open for its lead time and this. */
const deliveryDays = 30;
/** An order without a deadline counts as open so long. */
const answerDays = 30;

/** Returns the numbers of a person's orders that are open: those of a company that has others go on without them. */
export async function openOrdersOf(db: Db, person: Person, now: Date): Promise<string[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await db.execute<{ number: string }>(sql`
    select distinct r.number from requests r join enquiries e on e.request_id = r.id
    where ${endsWith('r', person)} and case
      when e.status in ('confirmed', 'accepted', 'partly_accepted') then ${at} < e.status_at + make_interval(
        days => ${deliveryDays}::int + coalesce((
          select max(l.lead_time_days) from quotes q join quote_lines l on l.quote_id = q.id
          where q.enquiry_id = e.id), 0))
      when r.kind <> 'order' then false
      when e.status in ('answered', 'revision_asked') then ${at} < e.links_expire_at
      when e.status in ('sent', 'opened') then
        ${at} < coalesce(e.deadline, r.created_at + make_interval(days => ${answerDays}::int))
      else false end
    order by r.number`);
  return rows.map(({ number }) => number);
}

/** Locks the enquiries of the requests that end with a person, as answers and decisions do. */
export async function lockEnquiriesOf(tx: Db, person: Person): Promise<void> {
  await tx.execute(sql`
    select 1 from enquiries where request_id in (select r.id from requests r where ${endsWith('r', person)})
    order by request_id, id for no key update`);
}

/** Returns the requests that end with a person. */
export async function endingRequestsOf(db: Db, person: Person): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select r.id from requests r where ${endsWith('r', person)} order by r.id`);
  return rows.map(({ id }) => id);
}

/** Returns what mails to a person about their requests were about, and where they went. */
export async function mailsOf(db: Db, buyerId: string): Promise<{ emails: string[]; subjectIds: string[] }> {
  const [found] = await db.execute<{ emails: string[]; subjectIds: string[] }>(sql`
    select coalesce(array_agg(distinct lower(r.contact_email)), '{}') as emails,
      coalesce(array_agg(distinct s.id), '{}') as "subjectIds"
    from requests r, lateral (
      select r.id union all select e.id from enquiries e where e.request_id = r.id) s
    where r.buyer_id = ${buyerId}`);
  return found ?? { emails: [], subjectIds: [] };
}

/**
 * Replaces who sent a person's requests, and ends their follow links. What was ordered keeps company and addresses for the
 * partner's books, and what a company sent keeps all but the person.
 */
export async function nameErased(
  tx: Db,
  buyerId: string,
  { name, email }: { name: string; email: string },
  at: Date,
): Promise<void> {
  const isOrdered = sql`(company_id is not null or exists (select from enquiries e where e.request_id = requests.id
    and e.status in ('confirmed', 'accepted', 'partly_accepted')))`;
  await tx.execute(sql`
    update enquiry_messages m set author_name = ${name} from enquiries e join requests r on r.id = e.request_id
    where e.id = m.enquiry_id and r.buyer_id = ${buyerId} and m.author = 'buyer' and m.author_name = r.contact_name`);
  await tx.execute(sql`
    update requests set contact_name = ${name}, contact_email = ${email}, contact_phone = null,
      contact_company = case when ${isOrdered} then contact_company end,
      contact_tax_id = case when ${isOrdered} then contact_tax_id end,
      delivery = case when ${isOrdered} then delivery end,
      billing = case when ${isOrdered} then billing end,
      order_details = case when ${isOrdered} then order_details end,
      message = case when ${isOrdered} then message else '' end,
      follow_revoked_at = case when company_id is null
        then coalesce(follow_revoked_at, ${at.toISOString()}::timestamptz) else follow_revoked_at end,
      link_version = link_version + 1
    where buyer_id = ${buyerId} and contact_email <> ${email}
    returning ${announcing(sql`'request:' || id`)}`);
}

/** Takes who is to be contacted out of orders of a person that were decided about. */
export async function forgetContacts(tx: Db, buyerId: string): Promise<void> {
  await tx.execute(sql`
    update approvals set input = input #- '{body,contact}' #- '{sender,provenEmail}'
    where requester_id = ${buyerId} and kind = 'order' and status <> 'waiting'`);
}

/** Returns all that a person sent, with what came back, but nothing of a company that they have left. */
export async function copyOf(db: Db, person: Person): Promise<Record<string, unknown>> {
  const requests = await db.execute(sql`
    select r.number, r.kind, r.title, r.created_at as "createdAt", r.contact_name as name, r.contact_email as email,
      r.contact_phone as phone, r.contact_company as company, r.contact_tax_id as "taxId", r.delivery, r.billing,
      r.order_details as "orderDetails", r.message, r.deadline,
      (select coalesce(json_agg(json_build_object('code', l.product_code, 'name', l.product_name,
          'quantity', l.quantity, 'options', l.options, 'note', l.note) order by l.position), '[]')
        from request_lines l where l.request_id = r.id) as lines,
      (select coalesce(json_agg(json_build_object('partner', e.vendor_name, 'status', e.status,
          'quotes', (select coalesce(json_agg(json_build_object('version', q.version, 'currency', q.currency,
              'validUntil', q.valid_until, 'message', q.message, 'at', q.created_at,
              'lines', (select coalesce(json_agg(json_build_object('decision', ql.decision,
                  'unitPrice', ql.unit_price::text, 'quantity', ql.quantity)), '[]')
                from quote_lines ql where ql.quote_id = q.id)) order by q.version), '[]')
            from quotes q where q.enquiry_id = e.id),
          'messages', (select coalesce(json_agg(json_build_object('author', m.author, 'name', m.author_name,
              'text', m.text, 'at', m.created_at) order by m.created_at, m.id), '[]')
            from enquiry_messages m where m.enquiry_id = e.id)) order by e.id), '[]')
        from enquiries e where e.request_id = r.id) as partners
    from requests r where ${isStillOf('r', person)} order by r.created_at, r.id`);
  const { buyerId, member } = person;
  const approvals = await db.execute(sql`
    select kind, status, created_at as "createdAt", decided_at as "decidedAt", note, amounts,
      requester_id = ${buyerId} as "askedByMe"
    from approvals where (requester_id = ${buyerId} or decided_by = ${buyerId})
      and company_id = ${member?.companyId ?? null}::uuid
    order by created_at`);
  return { requests: [...requests], approvals: [...approvals] };
}
