import type { ComplaintAudience, ComplaintSide, ComplaintStatus } from '#server/common/enums/complaints.ts';
import { daysAfter, weekdayIn } from '#server/platform/zones.ts';
import type { ComplaintRefusal } from './refusals.ts';

/** `note`: a message that the buyer doesn't see. */
export const complaintActions = ['message', 'note', 'review', 'resolve', 'reject', 'withdraw'] as const;
export type ComplaintAction = (typeof complaintActions)[number];

/** The next status by status and action. Actions that aren't listed are refused. */
export const complaintTransitions: Record<
  ComplaintStatus,
  Partial<Record<ComplaintAction, ComplaintStatus>>
> = {
  open: {
    ...{ message: 'open', note: 'open', review: 'in_review' },
    ...{ resolve: 'resolved', reject: 'rejected', withdraw: 'withdrawn' },
  },
  in_review: {
    ...{ message: 'in_review', note: 'in_review' },
    ...{ resolve: 'resolved', reject: 'rejected', withdraw: 'withdrawn' },
  },
  resolved: {},
  rejected: {},
  withdrawn: {},
};

/** Who may do it. Others who see the complaint are refused `forbidden`. */
export const complaintActors: Record<ComplaintAction, readonly ComplaintSide[]> = {
  message: ['buyer', 'vendor', 'staff'],
  note: ['vendor', 'staff'],
  review: ['vendor', 'staff'],
  resolve: ['vendor', 'staff'],
  reject: ['vendor', 'staff'],
  withdraw: ['buyer'],
};

/** Returns why somebody can't do it now, or null. */
export function whyNot(
  status: ComplaintStatus,
  action: ComplaintAction,
  side: ComplaintSide,
): ComplaintRefusal | 'forbidden' | null {
  if (!complaintActors[action].includes(side)) return 'forbidden';
  if (complaintTransitions[status][action]) return null;
  return isOpen(status) ? 'complaint_in_review' : 'complaint_closed';
}

export const isOpen = (status: ComplaintStatus): boolean => 'message' in complaintTransitions[status];

/** Which messages each side reads. */
export const audiencesOf: Record<ComplaintSide, readonly ComplaintAudience[]> = {
  buyer: ['everyone'],
  vendor: ['everyone', 'vendor_and_staff'],
  staff: ['everyone', 'vendor_and_staff', 'staff'],
};

/** Working days of the vendor to take a complaint up, and then to decide. */
const workingDays: Partial<Record<ComplaintStatus, number>> = { open: 2, in_review: 10 };
const dayMs = 86_400_000;

/** Returns by when a complaint that came into a status at `at` needs the next step; null: nothing is due. */
export function dueAfter(status: ComplaintStatus, at: Date, timeZone: string): Date | null {
  const days = workingDays[status];
  if (days === undefined) return null;
  let due = at;
  for (let left = days; left > 0;) {
    due = daysAfter(due, 1, timeZone);
    if (weekdayIn(timeZone, due) <= 5) left -= 1;
  }
  return due;
}

/** The vendor is reminded a day before, and the vendor and staff when it is due. */
export const firstReminder = (dueAt: Date | null): Date | null => dueAt && new Date(dueAt.getTime() - dayMs);

/** Returns whether a reminder at `remindAt` is the last: that of what is overdue. */
export const isOverdue = (dueAt: Date, remindAt: Date): boolean => remindAt >= dueAt;

const linkDays = 90;

/** Returns whether the vendor's link works: while the complaint is open, and 90 days more. */
export const isLinkLive = (status: ComplaintStatus, statusAt: Date, now: Date): boolean =>
  isOpen(status) || now.getTime() < statusAt.getTime() + linkDays * dayMs;

export const filedADay = { max: 30, windowSeconds: 86_400 };
export const messagesAnHour = { max: 120, windowSeconds: 3_600 };
