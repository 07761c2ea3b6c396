import { daysAfter } from '#server/platform/zones.ts';
import type { QuoteStatus } from '../quotes/schema.ts';
import type { RequestRefusal } from '../refusals.ts';
import type { EnquiryStatus } from '../schema.ts';

/**
 * `rejectRest`: the buyer declines what the vendor changed in an order; the lines that it confirmed stay. `lose`: all
 * lines of the enquiry were accepted from other vendors.
 */
export const enquiryActions = [
  'open',
  'answer',
  'declineAll',
  'confirm',
  'askRevision',
  'acceptAll',
  'acceptPart',
  'reject',
  'rejectRest',
  'lose',
] as const;
export type EnquiryAction = (typeof enquiryActions)[number];

/** The next status by status and action. Actions that aren't listed are refused. */
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
    rejectRest: 'partly_accepted',
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
    rejectRest: 'partly_accepted',
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

/** Returns the status after the action, or null if it is refused. */
export function afterAction(status: EnquiryStatus, action: EnquiryAction): EnquiryStatus | null {
  return enquiryTransitions[status][action] ?? null;
}

/** `system`: follows from the acceptance of another vendor's quote. */
export const enquiryActors: Record<EnquiryAction, 'vendor' | 'buyer' | 'system'> = {
  open: 'vendor',
  answer: 'vendor',
  declineAll: 'vendor',
  confirm: 'vendor',
  askRevision: 'buyer',
  acceptAll: 'buyer',
  acceptPart: 'buyer',
  reject: 'buyer',
  rejectRest: 'buyer',
  lose: 'system',
};

/** The vendor has answered, whatever became of it. */
export const answeredStatuses: readonly EnquiryStatus[] = [
  'answered',
  'declined',
  'confirmed',
  'accepted',
  'partly_accepted',
  'lost',
];

export function hasAnswered(status: EnquiryStatus): boolean {
  return answeredStatuses.includes(status);
}

/** Returns whether lines of a quote were accepted, so that its vendor is told what it needs to deliver. */
export function hasOrdered(status: EnquiryStatus): boolean {
  return status === 'accepted' || status === 'partly_accepted';
}

/** Returns why an enquiry can't be answered now, or null. After `revision_asked` the deadline doesn't apply. */
export function whyNoAnswer(
  enquiry: { status: EnquiryStatus; deadline: Date | null },
  now: Date,
): RequestRefusal | null {
  if (!isOpen(enquiry.status)) return 'enquiry_closed';
  if (enquiry.status === 'revision_asked' || enquiry.deadline === null) return null;
  return now < enquiry.deadline ? null : 'deadline_over';
}

/** Returns whether the buyer hasn't decided about this enquiry yet. */
export function isOpen(status: EnquiryStatus): boolean {
  return afterAction(status, 'answer') !== null;
}

/** The newest quote of an enquiry, as far as the buyer's choices depend on it. */
export interface NewestQuote {
  status: QuoteStatus;
  expiresAt: Date;
  isDeclined: boolean;
  /** Its lines that could be accepted. */
  openOffers: number;
  /** Whether lines of this vendor are confirmed or accepted. */
  hasBound: boolean;
}

/** An enquiry, as far as it depends on it whether its vendor can be asked for another answer. */
export interface Askable {
  status: EnquiryStatus;
  /** Whether all of its lines are ordered, from whomever. */
  isAllOrdered: boolean;
  /** Whether the vendor has asked for more time, and nothing was said since. */
  wantsTime: boolean;
}

/** An enquiry, as far as the buyer's choices depend on it. */
interface Choosable extends Askable {
  /** Until when its vendor may answer; null: as long as it wants, so there is no time to give. */
  deadline: Date | null;
  linksExpireAt: Date;
}

/** Returns whether a vendor could still change its answer: it offered something that isn't ordered. */
export const mayBeRevised = ({ status, isAllOrdered }: Askable): boolean =>
  status !== 'declined' && !isAllOrdered;

/** Returns whether a later deadline helps a vendor. One that declined everything may have changed its mind. */
export const mayHaveMoreTime = ({ status, isAllOrdered, wantsTime }: Askable): boolean =>
  !isAllOrdered && (status !== 'declined' || wantsTime);

/** Returns what the buyer is offered to do about one vendor now. */
export function buyerCan(enquiry: Choosable, newest: NewestQuote | null, now: Date) {
  const isValid =
    newest !== null && !newest.isDeclined && ['current', 'partly_accepted'].includes(newest.status);
  const may = (action: EnquiryAction) => afterAction(enquiry.status, action) !== null;
  return {
    accept: isValid && newest.openOffers > 0 && newest.expiresAt > now && may('acceptPart'),
    // With nothing left to decide, declining would only look as if it undid what is bound.
    decline: isValid && may('reject') && (!newest.hasBound || newest.openOffers > 0),
    // The mails about these two contain the vendor's link, so it must be valid.
    askRevision: may('askRevision') && mayBeRevised(enquiry) && enquiry.linksExpireAt > now,
    message: enquiry.linksExpireAt > now,
    giveMoreTime: enquiry.deadline !== null && may('answer') && mayHaveMoreTime(enquiry),
  };
}

const daysWithoutDeadline = 30;
const linkDays = 90;

/** Returns until when an enquiry asked (again) at `askedAt` counts as open. Days are those of the vendor's zone. */
export function openUntil(deadline: Date | null, askedAt: Date, timeZone: string): Date {
  if (deadline === null) return daysAfter(askedAt, daysWithoutDeadline, timeZone);
  return deadline > askedAt ? deadline : askedAt;
}

/**
 * Returns the new end of answer links: 90 days of the vendor's zone after `last`, the last day of use, but not before
 * `present`.
 */
export function linksLiveUntil(present: Date, last: Date, timeZone: string): Date {
  const until = daysAfter(last, linkDays, timeZone);
  return until > present ? until : present;
}

/** Returns when the answer links of an enquiry sent at `sentAt` expire. */
export function linksExpireAt(deadline: Date | null, sentAt: Date, timeZone: string): Date {
  return linksLiveUntil(sentAt, openUntil(deadline, sentAt, timeZone), timeZone);
}

const followDays = 365;

/** Returns when a request's follow link ends: a year after its vendors' links and its last decision. */
export function followEndsAt(last: Date): Date {
  return daysAfter(last, followDays, 'UTC');
}

/** Returns the version in an answer link's token. Both parts only rise, so no former token becomes valid again. */
export function answerLinkVersion({
  enquiry,
  delivery,
}: {
  enquiry: { linkVersion: number };
  delivery: { linkVersion: number };
}): number {
  return enquiry.linkVersion + delivery.linkVersion;
}
