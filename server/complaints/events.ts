import type { ComplaintAudience, ComplaintStatus } from '#server/common/enums/complaints.ts';
import { defineEvent } from '#server/platform/events.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

export const complaintFiled = defineEvent<{ number: string; subjectType: string; vendorId: number }>(
  'complaint.filed',
  'complaint',
);

export const complaintMessaged = defineEvent<{ messageId: string; audience: ComplaintAudience }>(
  'complaint.messaged',
  'complaint',
);

export const complaintMoved = defineEvent<{ status: ComplaintStatus; refund?: string }>(
  'complaint.moved',
  'complaint',
);

export const complaintReminded = defineEvent<{ isOverdue: boolean }>('complaint.reminded', 'complaint');

/** Why a mail about a complaint is sent. */
export type ComplaintNews =
  'filed' | 'message' | 'note' | 'in_review' | 'resolved' | 'rejected' | 'withdrawn' | 'reminder' | 'overdue';

export interface ComplaintContent {
  news: ComplaintNews;
  /** Whose page it leads to; `link`: that of the link for who has no account. */
  page: 'buyer' | 'vendor' | 'staff' | 'link';
  messageId?: string;
  /** When something is due. */
  dueAt?: string;
  timeZone: string;
}

export const complaintMail = defineMail<ComplaintContent>('complaint', 'complaint');
