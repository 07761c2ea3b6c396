import { type FieldError, type RefusalCode, refuse, refuseField } from '#server/platform/errors.ts';
import { isSupported, parse } from '#server/platform/money.ts';
import type { Decision, EnquiryStatus, Request } from '#server/requests/schema.ts';
import type { Acceptance, Answer, AnswerLine } from './schema.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** An answer link outlives the deadline, or the last quote's validity, by this. */
const linkDays = 90;

/** A line of the enquiry as it was asked. Money in 1/10000 of the currency's unit; null: "on request". */
export interface AskedLine {
  id: string;
  quantity: number;
  listPrice: bigint | null;
  currency: string;
}

/** A line of an answer with everything left out filled in. */
export interface AnsweredLine {
  lineId: string;
  decision: Decision;
  unitPrice: bigint | null;
  quantity: number | null;
  leadTimeDays: number | null;
  alternative: string;
  alternativeSku: string;
  reason: string;
}

export interface ReadAnswer {
  lines: AnsweredLine[];
  errors: FieldError[];
}

const decisionsOf: Record<Request['kind'], ReadonlySet<Decision>> = {
  quote: new Set<Decision>(['offer', 'alternative', 'decline']),
  order: new Set<Decision>(['confirm', 'offer', 'alternative', 'decline']),
};

const messages = {
  required: 'is required',
  line_repeated: 'is answered twice',
  line_not_of_enquiry: 'is not part of this enquiry',
  currency_mixed: "must be the answer's currency",
  currency_not_supported: 'is not supported',
  validity_past: 'must be today or later',
  decision_not_allowed: 'does not fit this kind of request',
  confirm_changes_terms: 'must be as asked; offer a change instead',
} as const;

function wrong(path: string, code: keyof typeof messages): FieldError {
  return { path, code, message: messages[code] };
}

/** An answer that fits its schema, checked against what was asked; lines come back in the order asked. */
export function readAnswer(answer: Answer, asked: readonly AskedLine[], kind: Request['kind']): ReadAnswer {
  const errors: FieldError[] = [];
  if (!isSupported(answer.currency)) errors.push(wrong('currency', 'currency_not_supported'));
  const byId = new Map(asked.map((line) => [line.id, line]));
  const read = new Map<string, AnsweredLine>();
  for (const [index, line] of answer.lines.entries()) {
    const path = `lines.${index}`;
    const question = byId.get(line.lineId);
    if (!question) errors.push(wrong(`${path}.lineId`, 'line_not_of_enquiry'));
    else if (read.has(line.lineId)) errors.push(wrong(`${path}.lineId`, 'line_repeated'));
    else {
      errors.push(...lineErrors(line, question, answer.currency, kind, path));
      read.set(line.lineId, filledIn(line, question));
    }
  }
  for (const { id } of asked) {
    if (!read.has(id)) errors.push({ path: 'lines', code: 'line_missing', message: `${id} is not answered` });
  }
  return { lines: asked.flatMap((line) => read.get(line.id) ?? []), errors };
}

function lineErrors(
  line: AnswerLine,
  asked: AskedLine,
  currency: string,
  kind: Request['kind'],
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (!decisionsOf[kind].has(line.decision)) errors.push(wrong(`${path}.decision`, 'decision_not_allowed'));
  if (line.decision === 'decline') return errors;
  if (line.unitPrice && line.unitPrice.currency !== currency) {
    errors.push(wrong(`${path}.unitPrice.currency`, 'currency_mixed'));
  }
  const confirmedAtList =
    line.decision === 'confirm' && asked.listPrice !== null && asked.currency === currency;
  if (!line.unitPrice && !confirmedAtList) errors.push(wrong(`${path}.unitPrice`, 'required'));
  if (line.decision === 'confirm') errors.push(...changedTerms(line, asked, path));
  if (line.decision === 'alternative' && !line.alternative && !line.alternativeSku) {
    errors.push(wrong(`${path}.alternative`, 'required'));
  }
  return errors;
}

/** Confirming binds the buyer at once, so it can only mean what the buyer ordered. */
function changedTerms(line: AnswerLine, asked: AskedLine, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (line.quantity !== undefined && line.quantity !== asked.quantity) {
    errors.push(wrong(`${path}.quantity`, 'confirm_changes_terms'));
  }
  if (!line.unitPrice || asked.listPrice === null) return errors;
  if (line.unitPrice.currency !== asked.currency || parse(line.unitPrice.amount) !== asked.listPrice) {
    errors.push(wrong(`${path}.unitPrice`, 'confirm_changes_terms'));
  }
  return errors;
}

function filledIn(line: AnswerLine, asked: AskedLine): AnsweredLine {
  const declined = line.decision === 'decline';
  const listPrice = line.decision === 'confirm' ? asked.listPrice : null;
  const isAlternative = line.decision === 'alternative';
  return {
    lineId: line.lineId,
    decision: line.decision,
    unitPrice: declined ? null : line.unitPrice ? parse(line.unitPrice.amount) : listPrice,
    quantity: declined ? null : (line.quantity ?? asked.quantity),
    leadTimeDays: declined ? null : (line.leadTimeDays ?? null),
    alternative: isAlternative ? (line.alternative ?? '') : '',
    alternativeSku: isAlternative ? (line.alternativeSku ?? '') : '',
    reason: line.reason ?? '',
  };
}

/** What an answer says, as one text: the same answer sent twice is one version. */
export function contentOf(answer: Answer, lines: readonly AnsweredLine[]): string {
  return JSON.stringify([
    answer.currency,
    answer.validUntil,
    answer.message ?? '',
    answer.vendorReference ?? '',
    lines.map((line) => [
      line.lineId,
      line.decision,
      line.unitPrice?.toString() ?? null,
      line.quantity,
      line.leadTimeDays,
      line.alternative,
      line.alternativeSku,
      line.reason,
    ]),
  ]);
}

const openStates: ReadonlySet<EnquiryStatus> = new Set<EnquiryStatus>([
  'sent',
  'opened',
  'answered',
  'revision_asked',
  'declined',
]);

/** Why an enquiry can't be answered now, or null. Who was asked for a change may answer past the deadline. */
export function whyNoAnswer(
  enquiry: { status: EnquiryStatus; deadline: Date | null },
  now: Date,
): RefusalCode | null {
  if (!openStates.has(enquiry.status)) return 'enquiry_closed';
  if (enquiry.status === 'revision_asked' || enquiry.deadline === null) return null;
  return now < enquiry.deadline ? null : 'deadline_over';
}

/** Whether the buyer has yet to decide about this enquiry. */
export function isOpen(status: EnquiryStatus): boolean {
  return openStates.has(status);
}

export type AnswerAction = 'answer' | 'declineAll' | 'confirm';

/** What an answer means for the enquiry. */
export function actionOf(lines: readonly { decision: Decision }[]): AnswerAction {
  if (lines.every((line) => line.decision === 'decline')) return 'declineAll';
  return lines.every((line) => line.decision === 'confirm') ? 'confirm' : 'answer';
}

/** Today's date in a time zone (IANA name): "2026-03-29". */
export function dayIn(timeZone: string, at: Date): string {
  const parts = new Map(
    dayFormat(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.get('year')?.padStart(4, '0')}-${parts.get('month')}-${parts.get('day')}`;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timeZone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormats.set(timeZone, format);
  }
  return format;
}

/**
 * The first instant after a day ("2026-03-29") in a time zone. Searched rather than computed from an offset: days
 * on which the clock changes have 23 or 25 hours, and in some zones no midnight.
 */
export function endOfDay(day: string, timeZone: string): Date {
  const nextUtc = Date.parse(`${day}T00:00:00Z`) + dayMs;
  const isOver = (minute: number) => dayIn(timeZone, new Date(minute * minuteMs)) > day;
  let before = nextUtc / minuteMs - 16 * 60;
  let after = nextUtc / minuteMs + 16 * 60;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (isOver(middle)) after = middle;
    else before = middle;
  }
  return new Date(after * minuteMs);
}

/** Until when an enquiry's links live once this answer is in. */
export function linksLiveUntil(present: Date, expiresAt: Date): Date {
  return new Date(Math.max(present.getTime(), expiresAt.getTime() + linkDays * dayMs));
}

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
 * The lines an acceptance would newly place: all that were named, or it refuses. Lines accepted from the very same
 * quote before are left out, so that repeating an acceptance is harmless.
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

/** A whole quote: what it offers and isn't accepted yet. */
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
 * Vendors for whom newly placed lines change something: who won lines, and who lost because all it was asked went to
 * others. Who had declined everything itself has nothing to lose.
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
