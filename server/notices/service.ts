import type { Context } from '#server/context.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import * as queries from './queries.ts';
import type { Notice, NoticeList } from './schema.ts';

const kinds: Readonly<Record<string, Notice['kind']>> = {
  'quote.sent': 'quote',
  'enquiry.message_sent': 'message',
  'enquiry.more_time_asked': 'more_time',
  'link.revoked': 'link_revoked',
};
const changes: Readonly<Record<string, Notice['kind']>> = {
  payment: 'top_up_paid',
  reversal: 'top_up_reversed',
  refund: 'top_up_refunded',
  settlement: 'top_up_settled',
  refund_failed: 'top_up_refund_failed',
  dispute: 'top_up_disputed',
  dispute_won: 'top_up_dispute_won',
  dispute_lost: 'top_up_reversed',
};

/** Returns a page of what others did about the requests and top-ups that a buyer sees, latest first. */
export async function listNotices(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  viewer: Viewer,
  page: { page: number; perPage: number },
): Promise<NoticeList> {
  const { rows, total, unread } = await queries.listNotices(db, { viewer, now: clock.now() }, page);
  return { items: rows.map(notice), total, unread, ...page };
}

function notice({ id, name, at, isRead, change, vendor, request, topUp }: queries.NoticeRow): Notice {
  const kind = kinds[name] ?? changes[change ?? ''];
  if (!kind) throw new Error(`an event "${name}" is no notice`);
  return {
    ...{ id, kind, at: new Date(at).toISOString(), read: isRead },
    ...(vendor ? { vendor } : {}),
    ...(request ? { request } : {}),
    ...(topUp ? { topUp } : {}),
  };
}

export async function countUnread(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  viewer: Viewer,
): Promise<number> {
  return queries.countUnread(db, { viewer, now: clock.now() });
}

/** Marks a buyer's notices as read, all or up to `last`. Returns how many later ones there are. */
export async function readNotices(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  viewer: Viewer,
  last: string | null,
): Promise<number> {
  const now = clock.now();
  await queries.noteRead(db, { buyerId: viewer.buyerId, now, last });
  return queries.countUnread(db, { viewer, now });
}
