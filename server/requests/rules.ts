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

/** The request's status, from its enquiries and how many of its lines are accepted. */
export function requestStatus(
  enquiries: readonly EnquiryStatus[],
  lines: number,
  acceptedLines: number,
): RequestStatus {
  if (lines > 0 && acceptedLines >= lines) return 'accepted';
  if (acceptedLines > 0) return 'partly_accepted';
  const answered = enquiries.filter((status) => answeredStates.has(status)).length;
  if (enquiries.every((status) => status === 'declined' || status === 'lost')) return 'closed';
  if (answered === enquiries.length) return 'answered';
  return answered > 0 ? 'partly_answered' : 'sent';
}
