import type { EnquiryStatus } from '../schema.ts';
import type { QuoteStatus } from './schema.ts';

/** What a version of an answer is worth now. */
export interface QuoteFacts {
  isNewest: boolean;
  expiresAt: Date;
  isDeclined: boolean;
  /** Lines the vendor would deliver, and those of them the buyer accepted from this version. */
  offered: number;
  accepted: number;
}

/** Returns the status: accepted stays accepted; of the others only the newest, valid, undeclined one is `current`. */
export function quoteStatus(quote: QuoteFacts, enquiry: EnquiryStatus, now: Date): QuoteStatus {
  if (quote.accepted > 0) return quote.accepted >= quote.offered ? 'accepted' : 'partly_accepted';
  if (quote.isDeclined) return 'declined';
  if (!quote.isNewest) return 'superseded';
  if (enquiry === 'lost') return 'lost';
  return quote.expiresAt <= now ? 'expired' : 'current';
}
