import type { Context } from '#server/context.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import * as queries from './queries.ts';
import type { Notice, NoticeList } from './schema.ts';

/** By the name of the event, or by that and what it changed. */
const kinds: Readonly<Record<string, Notice['kind']>> = {
  'quote.sent': 'quote',
  'enquiry.message_sent': 'message',
  'enquiry.more_time_asked': 'more_time',
  'link.revoked': 'link_revoked',
  'top-up.changed payment': 'top_up_paid',
  'top-up.changed reversal': 'top_up_reversed',
  'top-up.changed refund': 'top_up_refunded',
  'top-up.changed settlement': 'top_up_settled',
  'top-up.changed refund_failed': 'top_up_refund_failed',
  'top-up.changed dispute': 'top_up_disputed',
  'top-up.changed dispute_won': 'top_up_dispute_won',
  'top-up.changed dispute_lost': 'top_up_reversed',
  'approval.asked': 'approval_asked',
  'approval.order_asked': 'approval_asked',
  'approval.ended approved': 'approval_approved',
  'approval.ended rejected': 'approval_rejected',
  'approval.ended expired': 'approval_expired',
  'approval.ended outdated': 'approval_outdated',
  'complaint.messaged': 'complaint_message',
  'complaint.moved in_review': 'complaint_in_review',
  'complaint.moved resolved': 'complaint_resolved',
  'complaint.moved rejected': 'complaint_rejected',
};

/**
 * Returns a page of what others did about the requests, top-ups, approvals and complaints that a buyer sees, latest first.
 */
export async function listNotices(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  viewer: Viewer,
  page: { page: number; perPage: number },
): Promise<NoticeList> {
  const { rows, total, unread } = await queries.listNotices(db, { viewer, now: clock.now() }, page);
  return { items: rows.map(notice), total, unread, ...page };
}

function notice({ id, name, at, isRead, change, ...about }: queries.NoticeRow): Notice {
  const kind = kinds[name] ?? kinds[`${name} ${change}`];
  if (!kind) throw new Error(`an event "${name}" is no notice`);
  const { vendor, request, topUp, approval, complaint } = about;
  return {
    ...{ id, kind, at: new Date(at).toISOString(), read: isRead },
    ...(vendor ? { vendor } : {}),
    ...(request ? { request } : {}),
    ...(topUp ? { topUp } : {}),
    ...(approval ? { approval } : {}),
    ...(complaint ? { complaint } : {}),
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
