import { type Static, Type } from 'typebox';
import { Id, Instant, Listing, StringEnum } from '#server/platform/schema.ts';

export const noticeKinds = [
  'quote',
  'message',
  'more_time',
  'link_revoked',
  'top_up_paid',
  'top_up_reversed',
  'top_up_refunded',
  'top_up_settled',
  'top_up_refund_failed',
  'top_up_disputed',
  'top_up_dispute_won',
  'approval_asked',
  'approval_approved',
  'approval_rejected',
  'approval_expired',
  'approval_outdated',
  'complaint_message',
  'complaint_in_review',
  'complaint_resolved',
  'complaint_rejected',
] as const;

const Numbered = { id: Id, number: Type.String(), title: Type.String() };

/**
 * What somebody else did about something that the buyer sees. `request`, `topUp`, `approval` or `complaint`: what it is
 * about.
 */
export const Notice = Type.Object(
  {
    id: Id,
    kind: StringEnum(noticeKinds),
    at: Instant,
    read: Type.Boolean(),
    vendor: Type.Optional(Type.Object({ id: Id, name: Type.String() })),
    request: Type.Optional(Type.Object(Numbered)),
    topUp: Type.Optional(Type.Object({ id: Id, reference: Type.String() })),
    /** `number`: empty while an order waits. */
    approval: Type.Optional(Type.Object(Numbered)),
    complaint: Type.Optional(Type.Object(Numbered)),
  },
  { title: 'Notice' },
);
export type Notice = Static<typeof Notice>;

export const NoticeList = Type.Object({ ...Listing(Notice).properties, unread: Type.Integer() });
export type NoticeList = Static<typeof NoticeList>;

export const UnreadNotices = Type.Object({ unread: Type.Integer() }, { title: 'UnreadNotices' });
