import { dayIn } from '#server/common/zones.ts';
import type { FieldError, Refusal } from '#server/platform/errors.ts';
import { format } from '#server/common/money.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { endOfDay } from '#server/platform/zones.ts';
import type { EnquiryRow } from '../enquiries/queries.ts';
import { linksLiveUntil, whyNoAnswer } from '../enquiries/rules.ts';
import { refusals, refuse, type RequestRefusal, titleOf } from '../refusals.ts';
import type { NewQuote, NewQuoteLine, OfferOfSku } from './queries.ts';
import type { AnsweredLine, ReadAnswer } from './rules.ts';

/** The new version to write, and the change of its enquiry. */
export interface AnswerPlan {
  quote: Omit<NewQuote, 'deliveryId' | 'answeredBy' | 'createdAt'>;
  lines: NewQuoteLine[];
  action: 'answer' | 'declineAll' | 'confirm';
  linksExpireAt: Date;
}

interface Facts {
  enquiry: EnquiryRow;
  newest: { version: number; contentHash: string } | null;
  offers: ReadonlyMap<string, OfferOfSku>;
  /** The version that the sender saw; undefined: they don't say. */
  basedOn?: number | undefined;
}

const longestValidityMs = 20 * 365 * 86_400_000;

/**
 * Plans an answer's new version; null when the newest one has the same content. Refuses `enquiry_closed`,
 * `deadline_over`, `newer_answer`, or all wrong fields at once.
 */
export function planAnswer(answer: ReadAnswer, facts: Facts, now: Date): AnswerPlan | null {
  const { enquiry, newest, offers } = facts;
  const contentHash = sha256(contentOf(answer)).toString('hex');
  // After the buyer asked for a change, the same content again is a valid answer.
  const isRepeat = newest?.contentHash === contentHash && enquiry.status !== 'revision_asked';
  if (isRepeat && answer.errors.length === 0) return null;
  const why = whyNoAnswer(enquiry, now);
  if (why) throw refuse(why);
  const errors = errorsOf(answer, facts, now);
  if (errors.length > 0) throw refuseFields(errors);
  const { basedOn } = facts;
  if (basedOn !== undefined && basedOn !== (newest?.version ?? 0)) throw refuse('newer_answer');
  const expiresAt = endOfDay(answer.validUntil, enquiry.vendorTimeZone);
  const { currency, validUntil, message, vendorReference } = answer;
  return {
    quote: {
      enquiryId: enquiry.id,
      version: (newest?.version ?? 0) + 1,
      ...{ currency, validUntil, expiresAt, message, vendorReference, contentHash },
    },
    lines: answer.lines.map((line) => lineToWrite(line, currency, offers)),
    action: actionOf(answer.lines),
    linksExpireAt: linksLiveUntil(enquiry.linksExpireAt, expiresAt, enquiry.vendorTimeZone),
  };
}

/** Returns all wrong fields of an answer. */
export function errorsOf(
  answer: ReadAnswer,
  { enquiry, offers }: Pick<Facts, 'enquiry' | 'offers'>,
  now: Date,
): FieldError[] {
  return [
    ...answer.errors,
    ...alternativeErrors(answer, offers),
    ...validityErrors(answer.validUntil, enquiry.vendorTimeZone, now),
  ];
}

/** Serialises an answer's content, so that the same answer sent twice has the same hash. */
function contentOf({ lines, ...answer }: ReadAnswer): string {
  return JSON.stringify([
    answer.currency,
    answer.validUntil,
    answer.message,
    answer.vendorReference,
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

function alternativeErrors({ lines }: ReadAnswer, offers: Facts['offers']): FieldError[] {
  return lines
    .filter(({ alternativeSku }) => alternativeSku && !offers.has(alternativeSku))
    .map(({ path }) => fieldError(`${path}.alternativeSku`, 'alternative_unknown'));
}

function validityErrors(validUntil: string, timeZone: string, now: Date): FieldError[] {
  if (validUntil < dayIn(timeZone, now)) return [fieldError('validUntil', 'validity_past')];
  if (Date.parse(validUntil) - now.getTime() <= longestValidityMs) return [];
  return [{ path: 'validUntil', code: 'format', message: 'is too far ahead' }];
}

function fieldError(path: string, code: RequestRefusal): FieldError {
  return { path, code, message: titleOf(code) };
}

/** Returns a refusal with the fields' own code if they all share one, else `invalid_input`. */
function refuseFields(errors: FieldError[]): Refusal {
  const [first, ...others] = new Set(errors.map((error) => error.code));
  const isOne = others.length === 0 && first !== undefined && first in refusals;
  return refuse(isOne ? (first as RequestRefusal) : 'invalid_input', { errors });
}

function lineToWrite(line: AnsweredLine, currency: string, offers: Facts['offers']): NewQuoteLine {
  const other = offers.get(line.alternativeSku);
  return {
    requestLineId: line.lineId,
    decision: line.decision,
    unitPrice: line.unitPrice === null ? null : format(line.unitPrice, currency),
    quantity: line.quantity,
    leadTimeDays: line.leadTimeDays,
    // Copy the product's name: the quote must not change with the catalogue.
    alternative: line.alternative || (other ? `${other.name} (${other.code})` : ''),
    alternativeOfferId: other?.offerId ?? null,
    reason: line.reason,
  };
}

function actionOf(lines: readonly AnsweredLine[]): AnswerPlan['action'] {
  if (lines.every((line) => line.decision === 'decline')) return 'declineAll';
  return lines.every((line) => line.decision === 'confirm') ? 'confirm' : 'answer';
}
