import type { EnquiryStatus } from '../schema.ts';
import type { QuoteStatus } from './schema.ts';

/** What a quote's status is derived from. */
export interface QuoteFacts {
  isNewest: boolean;
  expiresAt: Date;
  isDeclined: boolean;
  /** The number of lines offered, and how many of them were accepted from this version. */
  offered: number;
  accepted: number;
}

/** Returns the status. Accepted stays accepted; else only the newest, unexpired, undeclined version is `current`. */
export function quoteStatus(quote: QuoteFacts, enquiry: EnquiryStatus, now: Date): QuoteStatus {
  if (quote.accepted > 0) return quote.accepted >= quote.offered ? 'accepted' : 'partly_accepted';
  if (quote.isDeclined) return 'declined';
  if (!quote.isNewest) return 'superseded';
  if (enquiry === 'lost') return 'lost';
  return quote.expiresAt <= now ? 'expired' : 'current';
}
