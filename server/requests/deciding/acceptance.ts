import { refuse, refuseField } from '../refusals.ts';
import type { EnquiryStatus } from '../schema.ts';
import { isOpen } from '../enquiries/rules.ts';
import type { Acceptance } from './schema.ts';

/** A quote that a decision names, with what the decision depends on. */
export interface NamedQuote {
  id: string;
  enquiryId: string;
  expiresAt: Date;
  isNewest: boolean;
  isDeclined: boolean;
}

/** A line asked of one vendor, with the quote and enquiry it was accepted from (of any vendor). */
export interface EnquiryLine {
  enquiryId: string;
  lineId: string;
  acceptedQuoteId: string | null;
  acceptedEnquiryId: string | null;
}

export interface NewlyAcceptedLine {
  quoteId: string;
  enquiryId: string;
  lineId: string;
}

/**
 * Returns the lines that an acceptance newly accepts: all that it names, or it refuses. Lines accepted from the same
 * quote before are left out, so that an acceptance is idempotent.
 */
export function planAcceptance(
  acceptance: Acceptance,
  facts: { quotes: readonly NamedQuote[]; offered: readonly { quoteId: string; lineId: string }[] },
  enquiryLines: readonly EnquiryLine[],
  now: Date,
): NewlyAcceptedLine[] {
  const quotes = new Map(facts.quotes.map((quote) => [quote.id, quote]));
  const offered = Map.groupBy(facts.offered, (line) => line.quoteId);
  const acceptedFrom = new Map(enquiryLines.map((asked) => [asked.lineId, asked.acceptedQuoteId]));
  const newlyAccepted: NewlyAcceptedLine[] = [];
  const seen = new Set<string>();
  for (const [index, { quoteId, lineIds }] of acceptance.quotes.entries()) {
    const path = `quotes.${index}`;
    const quote = quotes.get(quoteId);
    if (!quote) throw refuse('not_found');
    const own = (offered.get(quoteId) ?? []).map((line) => line.lineId);
    const wanted = lineIds ?? remainingLines(own, acceptedFrom, quoteId, path);
    const fresh = wanted.filter((lineId) => !own.includes(lineId) || acceptedFrom.get(lineId) !== quoteId);
    if (fresh.length > 0) requireAcceptable(quote, `${path}.quoteId`, now);
    for (const lineId of fresh) {
      const where = lineIds ? `${path}.lineIds.${lineIds.indexOf(lineId)}` : `${path}.quoteId`;
      if (!own.includes(lineId)) throw refuseField(where, 'line_not_offered');
      if (acceptedFrom.get(lineId)) throw refuseField(where, 'line_already_accepted');
      if (seen.has(lineId)) throw refuseField(where, 'line_repeated');
      seen.add(lineId);
      newlyAccepted.push({ quoteId, enquiryId: quote.enquiryId, lineId });
    }
  }
  return newlyAccepted;
}

/** Returns the lines that accepting a whole quote accepts: those it offers that aren't accepted yet. */
function remainingLines(
  own: readonly string[],
  acceptedFrom: ReadonlyMap<string, string | null>,
  quoteId: string,
  path: string,
): string[] {
  if (own.length === 0) throw refuseField(`${path}.quoteId`, 'line_not_offered');
  const rest = own.filter((lineId) => !acceptedFrom.get(lineId));
  if (rest.length === 0 && !own.some((lineId) => acceptedFrom.get(lineId) === quoteId)) {
    throw refuseField(`${path}.quoteId`, 'line_already_accepted');
  }
  return rest;
}

function requireAcceptable(quote: NamedQuote, path: string, now: Date): void {
  if (quote.isDeclined) throw refuseField(path, 'quote_declined');
  if (!quote.isNewest) throw refuseField(path, 'quote_superseded');
  if (quote.expiresAt <= now) throw refuseField(path, 'quote_expired');
}

/** The effect of an acceptance on one vendor. */
export interface VendorOutcome {
  enquiryId: string;
  action: 'acceptAll' | 'acceptPart' | 'lose';
  outcome: 'won' | 'won_in_part' | 'lost' | 'unanswered';
  /** All of the vendor's lines accepted so far; for `unanswered` those it was asked. */
  lineIds: string[];
  quoteId?: string;
}

/**
 * Returns the vendors that newly won lines, and those that lost because all their lines went to others. A vendor that
 * declined everything doesn't lose. A vendor has `won` once everything it offers is accepted, also if it was asked for more.
 */
export function vendorOutcomes(
  enquiries: readonly { id: string; status: EnquiryStatus }[],
  enquiryLines: readonly EnquiryLine[],
  newlyAccepted: readonly NewlyAcceptedLine[],
  offered: readonly { quoteId: string; lineId: string }[],
): VendorOutcome[] {
  const acceptedNow = new Map(newlyAccepted.map((line) => [line.lineId, line]));
  const winnerOf = (asked: EnquiryLine) =>
    acceptedNow.get(asked.lineId)?.enquiryId ?? asked.acceptedEnquiryId;
  return enquiries.flatMap(({ id: enquiryId, status }): VendorOutcome[] => {
    const own = enquiryLines.filter((asked) => asked.enquiryId === enquiryId);
    const won = own.filter((asked) => winnerOf(asked) === enquiryId).map((asked) => asked.lineId);
    const quoteId = newlyAccepted.find((line) => line.enquiryId === enquiryId)?.quoteId;
    if (quoteId !== undefined) {
      const isAll = offered.every((line) => line.quoteId !== quoteId || won.includes(line.lineId));
      const outcome = isAll ? 'won' : 'won_in_part';
      const action = won.length === own.length ? 'acceptAll' : 'acceptPart';
      return [{ enquiryId, action, outcome, lineIds: won, quoteId }];
    }
    const isLost = isOpen(status) && status !== 'declined' && own.every((asked) => winnerOf(asked) !== null);
    if (!isLost) return [];
    return status === 'sent' || status === 'opened'
      ? [{ enquiryId, action: 'lose', outcome: 'unanswered', lineIds: own.map((asked) => asked.lineId) }]
      : [{ enquiryId, action: 'lose', outcome: 'lost', lineIds: [] }];
  });
}
