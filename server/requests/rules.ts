import * as money from '#server/common/money.ts';
import type { Money } from '#server/platform/schema.ts';
import type { QuoteStatus } from './quotes/schema.ts';
import type { EnquiryStatus, RequestStatus } from './schema.ts';

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

/** The state after the action, or null when it is refused. */
export function afterAction(status: EnquiryStatus, action: EnquiryAction): EnquiryStatus | null {
  return enquiryTransitions[status][action] ?? null;
}

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

/** The request's status, from its enquiries and how many of its lines are accepted. */
export function requestStatus(
  enquiries: readonly EnquiryStatus[],
  lines: number,
  acceptedLines: number,
): RequestStatus {
  if (lines > 0 && acceptedLines >= lines) return 'accepted';
  if (acceptedLines > 0) return 'partly_accepted';
  const answered = enquiries.filter(hasAnswered).length;
  if (enquiries.every((status) => status === 'declined' || status === 'lost')) return 'closed';
  if (answered === enquiries.length) return 'answered';
  return answered > 0 ? 'partly_answered' : 'sent';
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

/** What a version of an answer is worth now. */
export interface QuoteFacts {
  isNewest: boolean;
  expiresAt: Date;
  isDeclined: boolean;
  /** Lines the vendor would deliver, and those of them the buyer accepted from this version. */
  offered: number;
  accepted: number;
}

/** An accepted quote stays accepted; of the others only the newest, valid, undeclined one is `current`. */
export function quoteStatus(quote: QuoteFacts, enquiry: EnquiryStatus, now: Date): QuoteStatus {
  if (quote.accepted > 0) return quote.accepted >= quote.offered ? 'accepted' : 'partly_accepted';
  if (quote.isDeclined) return 'declined';
  if (!quote.isNewest) return 'superseded';
  if (enquiry === 'lost') return 'lost';
  return quote.expiresAt <= now ? 'expired' : 'current';
}

/** What the buyer can do about one vendor now; `openOffers`: lines of the newest quote that could be accepted. */
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
    askRevision: may('askRevision'),
    message: enquiry.linksExpireAt > now,
    giveMoreTime: may('answer'),
  };
}

const dayMs = 86_400_000;
const daysWithoutDeadline = 30;
const daysAfter = 90;

/** Answer links live 90 days past the deadline; without one the request counts as open for 30 days. */
export function linksExpireAt(deadline: Date | null, sentAt: Date): Date {
  const end = deadline?.getTime() ?? sentAt.getTime() + daysWithoutDeadline * dayMs;
  return new Date(end + daysAfter * dayMs);
}

/** Unit price (a database amount, or null: on request) x quantity, rounded once. */
export function lineTotal(unitPrice: string | null, quantity: number, currency: string): Money | null {
  return unitPrice === null
    ? null
    : money.money(money.lineTotal(money.parse(unitPrice), quantity, currency), currency);
}
