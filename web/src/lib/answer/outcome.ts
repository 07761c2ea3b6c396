import type { EnquiryByLink, Money, QuoteLine } from '#lib/api/schema.d.ts';
import { sumPerCurrency } from '#server/common/money.ts';

type Decided = Pick<EnquiryByLink, 'acceptedLineIds' | 'can' | 'quotes'>;

/** Returns whether the buyer has decided, and lines are ordered from this partner. */
export const isOrdered = ({ acceptedLineIds, can }: Pick<Decided, 'acceptedLineIds' | 'can'>): boolean =>
  can.why === 'enquiry_closed' && acceptedLineIds.length > 0;

/** Returns whether the buyer declined the newest version. */
export const isDeclinedByBuyer = ({ can, quotes }: Pick<Decided, 'can' | 'quotes'>): boolean =>
  can.why === 'enquiry_closed' && quotes[0]?.declinedAt !== undefined;

/** Returns what became of a line of this partner; null while that is open or if it never answered. */
export function outcomeOf(enquiry: Decided, lineId: string): 'accepted' | 'declined' | 'lost' | null {
  if (enquiry.acceptedLineIds.includes(lineId)) return 'accepted';
  const answer = enquiry.quotes[0]?.lines.find((line) => line.lineId === lineId);
  if (!answer) return null;
  if (answer.decision === 'decline') return 'declined';
  return enquiry.can.why === 'enquiry_closed' ? 'lost' : null;
}

/** Returns the terms on which a line is ordered: those of the version that was accepted; undefined for other lines. */
export const agreedTerms = ({ quotes }: Pick<Decided, 'quotes'>, lineId: string): QuoteLine | undefined =>
  quotes.flatMap(({ lines }) => lines).find((line) => line.accepted && line.lineId === lineId);

/** Returns what all ordered lines come to, by currency: versions of an answer may have different ones. */
export const agreedSums = (enquiry: Pick<Decided, 'acceptedLineIds' | 'quotes'>): Money[] =>
  sumPerCurrency(enquiry.acceptedLineIds.map((id) => agreedTerms(enquiry, id)?.lineTotal ?? null));
