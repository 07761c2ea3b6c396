import type { QuoteStatus } from '../quotes/schema.ts';
import type { RequestRefusal } from '../refusals.ts';
import type { EnquiryStatus } from '../schema.ts';

/** What can happen to an enquiry. `lose`: every line of it went to others. */
export const enquiryActions = [
  'open',
  'answer',
  'declineAll',
  'confirm',
  'askRevision',
  'acceptAll',
  'acceptPart',
  'reject',
  'lose',
] as const;
export type EnquiryAction = (typeof enquiryActions)[number];

/** Who may do what in which state, and where it leads; what isn't listed is refused. */
export const enquiryTransitions: Record<EnquiryStatus, Partial<Record<EnquiryAction, EnquiryStatus>>> = {
  sent: { open: 'opened', answer: 'answered', declineAll: 'declined', confirm: 'confirmed', lose: 'lost' },
  opened: { open: 'opened', answer: 'answered', declineAll: 'declined', confirm: 'confirmed', lose: 'lost' },
  answered: {
    open: 'answered',
    answer: 'answered',
    declineAll: 'declined',
    confirm: 'confirmed',
    askRevision: 'revision_asked',
    acceptAll: 'accepted',
    acceptPart: 'partly_accepted',
    reject: 'lost',
    lose: 'lost',
  },
  revision_asked: {
    open: 'revision_asked',
    answer: 'answered',
    declineAll: 'declined',
    confirm: 'confirmed',
    askRevision: 'revision_asked',
    acceptAll: 'accepted',
    acceptPart: 'partly_accepted',
    reject: 'lost',
    lose: 'lost',
  },
  declined: {
    open: 'declined',
    answer: 'answered',
    declineAll: 'declined',
    confirm: 'confirmed',
    askRevision: 'revision_asked',
    lose: 'lost',
  },
  partly_accepted: { open: 'partly_accepted', acceptAll: 'accepted', acceptPart: 'partly_accepted' },
  confirmed: { open: 'confirmed' },
  accepted: { open: 'accepted' },
  lost: { open: 'lost' },
};

/** Returns the state after the action, or null when it is refused. */
export function afterAction(status: EnquiryStatus, action: EnquiryAction): EnquiryStatus | null {
  return enquiryTransitions[status][action] ?? null;
}

/** Whose action it is; `system`: what follows from another decision. */
export const enquiryActors: Record<EnquiryAction, 'vendor' | 'buyer' | 'system'> = {
  open: 'vendor',
  answer: 'vendor',
  declineAll: 'vendor',
  confirm: 'vendor',
  askRevision: 'buyer',
  acceptAll: 'buyer',
  acceptPart: 'buyer',
  reject: 'buyer',
  lose: 'system',
};

const answeredStates: ReadonlySet<EnquiryStatus> = new Set<EnquiryStatus>([
  'answered',
  'declined',
  'confirmed',
  'accepted',
  'partly_accepted',
  'lost',
]);

export function hasAnswered(status: EnquiryStatus): boolean {
  return answeredStates.has(status);
}

/** Returns why an enquiry can't be answered now, or null. Who was asked for a change may answer past the deadline. */
export function whyNoAnswer(
  enquiry: { status: EnquiryStatus; deadline: Date | null },
  now: Date,
): RequestRefusal | null {
  if (!isOpen(enquiry.status)) return 'enquiry_closed';
  if (enquiry.status === 'revision_asked' || enquiry.deadline === null) return null;
  return now < enquiry.deadline ? null : 'deadline_over';
}

/** Returns whether the buyer has yet to decide about this enquiry. */
export function isOpen(status: EnquiryStatus): boolean {
  return afterAction(status, 'answer') !== null;
}

/**
 * Returns what the buyer can do about one vendor now; `openOffers`: lines of the newest quote that could be accepted.
 */
export function buyerCan(
  enquiry: { status: EnquiryStatus; linksExpireAt: Date },
  newest: { status: QuoteStatus; expiresAt: Date; openOffers: number } | null,
  now: Date,
) {
  const standing = newest !== null && ['current', 'partly_accepted'].includes(newest.status);
  const may = (action: EnquiryAction) => afterAction(enquiry.status, action) !== null;
  return {
    accept: standing && newest.openOffers > 0 && newest.expiresAt > now && may('acceptPart'),
    decline: standing && may('reject'),
    // Both are mailed with the vendor's links.
    askRevision: may('askRevision') && enquiry.linksExpireAt > now,
    message: enquiry.linksExpireAt > now,
    giveMoreTime: may('answer'),
  };
}

const dayMs = 86_400_000;
const daysWithoutDeadline = 30;
const linkDays = 90;

/** Until when an enquiry counts as open that is asked, or asked again, at `askedAt`. */
export function openUntil(deadline: Date | null, askedAt: Date): Date {
  if (deadline === null) return new Date(askedAt.getTime() + daysWithoutDeadline * dayMs);
  return deadline > askedAt ? deadline : askedAt;
}

/** Until when answer links live that end at `present` now: 90 days past the `last` day of use. Never shortens them. */
export function linksLiveUntil(present: Date, last: Date): Date {
  return new Date(Math.max(present.getTime(), last.getTime() + linkDays * dayMs));
}

/** Returns when the answer links of an enquiry end that is sent at `sentAt`. */
export function linksExpireAt(deadline: Date | null, sentAt: Date): Date {
  return linksLiveUntil(sentAt, openUntil(deadline, sentAt));
}
