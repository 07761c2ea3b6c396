import { refuse, refuseField } from '../refusals.ts';
import type { EnquiryStatus } from '../schema.ts';
import { isOpen } from '../enquiries/rules.ts';
import type { Acceptance } from './schema.ts';

/** A quote a decision names, and what the decision depends on. */
export interface NamedQuote {
  id: string;
  enquiryId: string;
  expiresAt: Date;
  isNewest: boolean;
  isDeclined: boolean;
}

/** A line of the request asked of one vendor, and the quote and vendor it was accepted from. */
export interface Place {
  enquiryId: string;
  lineId: string;
  acceptedQuoteId: string | null;
  acceptedEnquiryId: string | null;
}

export interface PlacedLine {
  quoteId: string;
  enquiryId: string;
  lineId: string;
}

/**
 * Returns the lines an acceptance would newly place: all that were named, or it refuses. Lines accepted from the very
 * same quote before are left out, so that repeating an acceptance is harmless.
 */
export function planAcceptance(
  acceptance: Acceptance,
  facts: { quotes: readonly NamedQuote[]; offered: readonly { quoteId: string; lineId: string }[] },
  places: readonly Place[],
  now: Date,
): PlacedLine[] {
  const quotes = new Map(facts.quotes.map((quote) => [quote.id, quote]));
  const offered = Map.groupBy(facts.offered, (line) => line.quoteId);
  const acceptedFrom = new Map(places.map((place) => [place.lineId, place.acceptedQuoteId]));
  const placed: PlacedLine[] = [];
  const seen = new Set<string>();
  for (const [index, { quoteId, lineIds }] of acceptance.quotes.entries()) {
    const path = `quotes.${index}`;
    const quote = quotes.get(quoteId);
    if (!quote) throw refuse('not_found');
    const own = (offered.get(quoteId) ?? []).map((line) => line.lineId);
    const wanted = lineIds ?? restOf(own, acceptedFrom, quoteId, path);
    const fresh = wanted.filter((lineId) => !own.includes(lineId) || acceptedFrom.get(lineId) !== quoteId);
    if (fresh.length > 0) requireStanding(quote, `${path}.quoteId`, now);
    for (const lineId of fresh) {
      const where = lineIds ? `${path}.lineIds.${lineIds.indexOf(lineId)}` : `${path}.quoteId`;
      if (!own.includes(lineId)) throw refuseField(where, 'line_not_offered');
      if (acceptedFrom.get(lineId)) throw refuseField(where, 'line_already_accepted');
      if (seen.has(lineId)) throw refuseField(where, 'line_repeated');
      seen.add(lineId);
      placed.push({ quoteId, enquiryId: quote.enquiryId, lineId });
    }
  }
  return placed;
}

/** Returns a whole quote: what it offers and isn't accepted yet. */
function restOf(
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

function requireStanding(quote: NamedQuote, path: string, now: Date): void {
  if (quote.isDeclined) throw refuseField(path, 'quote_declined');
  if (!quote.isNewest) throw refuseField(path, 'quote_superseded');
  if (quote.expiresAt <= now) throw refuseField(path, 'quote_expired');
}

/** What an acceptance means for one vendor. */
export interface Settlement {
  enquiryId: string;
  action: 'acceptAll' | 'acceptPart' | 'lose';
  outcome: 'won' | 'won_in_part' | 'lost';
  /** All of its lines accepted so far, from its quote. */
  lineIds: string[];
  quoteId?: string;
}

/**
 * Returns vendors for whom newly placed lines change something: who won lines, and who lost because all it was asked
 * went to others. Who had declined everything itself has nothing to lose.
 */
export function settle(
  enquiries: readonly { id: string; status: EnquiryStatus }[],
  places: readonly Place[],
  placed: readonly PlacedLine[],
): Settlement[] {
  const placedAt = new Map(placed.map((line) => [line.lineId, line]));
  const winnerOf = (place: Place) => placedAt.get(place.lineId)?.enquiryId ?? place.acceptedEnquiryId;
  return enquiries.flatMap(({ id: enquiryId, status }): Settlement[] => {
    const own = places.filter((place) => place.enquiryId === enquiryId);
    const won = own.filter((place) => winnerOf(place) === enquiryId).map((place) => place.lineId);
    const quoteId = placed.find((line) => line.enquiryId === enquiryId)?.quoteId;
    if (quoteId !== undefined) {
      return won.length === own.length
        ? [{ enquiryId, action: 'acceptAll', outcome: 'won', lineIds: won, quoteId }]
        : [{ enquiryId, action: 'acceptPart', outcome: 'won_in_part', lineIds: won, quoteId }];
    }
    const isLost = isOpen(status) && status !== 'declined' && own.every((place) => winnerOf(place) !== null);
    return isLost ? [{ enquiryId, action: 'lose', outcome: 'lost', lineIds: [] }] : [];
  });
}
