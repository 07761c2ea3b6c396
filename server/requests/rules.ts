import { hasAnswered } from './enquiries/rules.ts';
import type { EnquiryStatus, RequestStatus } from './schema.ts';

/** The facts of one enquiry that its request's status is derived from. */
export interface EnquiryState {
  status: EnquiryStatus;
  /** Whether lines of its newest quote can be accepted now. */
  canAccept: boolean;
}

/** Derives a request's status from its enquiries and how many of its lines are accepted. */
export function requestStatus(
  enquiries: readonly EnquiryState[],
  lines: number,
  acceptedLines: number,
): RequestStatus {
  if (lines > 0 && acceptedLines >= lines) return 'accepted';
  if (acceptedLines > 0) return 'partly_accepted';
  if (enquiries.every(({ status }) => status === 'declined' || status === 'lost')) return 'closed';
  // A quote that the buyer wants changed can still be accepted while it is valid.
  const answered = enquiries.filter(({ status, canAccept }) => hasAnswered(status) || canAccept).length;
  if (answered === enquiries.length) return 'answered';
  return answered > 0 ? 'partly_answered' : 'sent';
}
