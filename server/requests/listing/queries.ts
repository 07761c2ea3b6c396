import { and, count, desc, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { requests } from '#db/tables/requests.ts';
import { isSeenBy, type Viewer } from '#server/platform/auth/seeing.ts';
import { fold } from '#server/platform/fold.ts';
import { answeredStatuses } from '../enquiries/rules.ts';
import type { EnquiryState } from '../rules.ts';
import type { RequestStatus } from '../schema.ts';

/** Which of a buyer's requests to list. */
export interface Listed {
  viewer: Viewer;
  /** The moment for which statuses are derived. */
  now: Date;
  /** Each word must be part of the number, the title, a product's code or name, or a vendor's name. */
  q?: string | undefined;
  status?: RequestStatus | undefined;
}

/** True if lines of the newest quote can be accepted. Only needed where the status doesn't say it. */
const canAccept = (now: Date) => sql`(e.status = 'revision_asked' and exists (
  select from quotes q join quote_lines l on l.quote_id = q.id and l.decision <> 'decline'
  where q.enquiry_id = e.id and q.expires_at > ${now.toISOString()}::timestamptz
    and not exists (select from quotes newer where newer.enquiry_id = e.id and newer.version > q.version)
    and not exists (select from accepted_lines a where a.request_line_id = l.request_line_id)))`;

const linesOfRequest = sql<number>`(select count(*)::int from request_lines l where l.request_id = requests.id)`;
const acceptedOfRequest = sql<number>`(select count(*)::int from request_lines l
  join accepted_lines a on a.request_line_id = l.id where l.request_id = requests.id)`;

/** The status that `requestStatus` derives, for choosing by it. */
const statusOf = (now: Date) => sql`(
  select case
    when f.lines > 0 and f.accepted >= f.lines then 'accepted'
    when f.accepted > 0 then 'partly_accepted'
    when f.closed = f.enquiries then 'closed'
    when f.answered = f.enquiries then 'answered'
    when f.answered > 0 then 'partly_answered'
    else 'sent' end
  from (
    select ${linesOfRequest} as lines, ${acceptedOfRequest} as accepted, count(*) as enquiries,
      count(*) filter (where e.status in ('declined', 'lost')) as closed,
      count(*) filter (where e.status in (${sql.join(
        answeredStatuses.map((status) => sql`${status}`),
        sql`, `,
      )}) or ${canAccept(now)}) as answered
    from enquiries e where e.request_id = requests.id) f)`;

/** What is searched in, folded as the words are, but for other alphabets. Letters with strokes don't decompose. */
const searchedText = sql`(
  select replace(translate(regexp_replace(normalize(lower(concat_ws(' ', requests.number, requests.title,
    (select string_agg(l.product_code || ' ' || l.product_name, ' ') from request_lines l where l.request_id = requests.id),
    (select string_agg(e.vendor_name, ' ') from enquiries e where e.request_id = requests.id))), NFKD),
    '[\\u0300-\\u036f]', '', 'g'), 'łø', 'lo'), 'đ', 'dj'))`;

const mostWords = 10;

function containsWords(q: string): SQL | undefined {
  const words = fold(q).split(' ').filter(Boolean).slice(0, mostWords);
  return and(...words.map((word) => sql`strpos(${searchedText}, ${word}) > 0`));
}

const isListed = ({ viewer, now, q, status }: Listed): SQL | undefined =>
  and(
    isSeenBy('requests', viewer),
    q ? containsWords(q) : undefined,
    status ? sql`${statusOf(now)} = ${status}` : undefined,
  );

export async function countRequests(db: Db, listed: Listed): Promise<number> {
  const [row] = await db.select({ count: count() }).from(requests).where(isListed(listed));
  return row?.count ?? 0;
}

/** Returns a page of the buyer's requests, newest first, with the facts their status is derived from. */
export async function listRequests(db: Db, listed: Listed, page: { page: number; perPage: number }) {
  return db
    .select({
      request: requests,
      lines: linesOfRequest,
      accepted: acceptedOfRequest,
      answered: sql<number>`(select count(distinct q.enquiry_id)::int from quotes q
        join enquiries e on e.id = q.enquiry_id where e.request_id = requests.id)`,
      enquiries: sql<EnquiryState[]>`(
        select coalesce(json_agg(json_build_object('status', e.status, 'canAccept', ${canAccept(listed.now)})), '[]')
        from enquiries e where e.request_id = requests.id)`,
    })
    .from(requests)
    .where(isListed(listed))
    .orderBy(desc(requests.createdAt), desc(requests.id))
    .limit(page.perPage)
    .offset((page.page - 1) * page.perPage);
}
export type ListedRequest = Awaited<ReturnType<typeof listRequests>>[number];
