import type { FieldError } from '#server/platform/errors.ts';
import { isLaterThan, orderedLeadTime } from '#server/common/lead-times.ts';
import { isSupported, parse } from '#server/common/money.ts';
import type { Decision } from '../quotes/schema.ts';
import type { Request } from '../schema.ts';
import { cleanLine, cleanText } from '#server/platform/typed-text.ts';
import type { AskedRow } from './queries.ts';
import type { Answer } from './schema.ts';

/** A line of the enquiry as it was asked. Money in 1/10000 of the currency's unit; null: "on request". */
interface AskedLine {
  id: string;
  quantity: number;
  listPrice: bigint | null;
  currency: string;
  /** Within how many days it is ordered; null: the order doesn't say. */
  leadTimeDays: number | null;
}

/** A line of an answer, with defaults for the fields left out. */
export interface AnsweredLine {
  /** Its path in the request body: `lines.3`. */
  path: string;
  lineId: string;
  decision: Decision;
  unitPrice: bigint | null;
  quantity: number | null;
  leadTimeDays: number | null;
  alternative: string;
  alternativeSku: string;
  reason: string;
}

/** An answer with cleaned texts, its lines in the order asked, and all its errors. */
export interface ReadAnswer extends Required<Omit<Answer, 'lines' | 'basedOn'>> {
  lines: AnsweredLine[];
  errors: FieldError[];
  /** SKUs of the vendor's own products that are offered instead. */
  skus: string[];
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
  decision_not_allowed: 'does not fit this kind of request',
  confirm_changes_terms: 'must be as asked; offer a change instead',
  line_confirmed: 'was confirmed before and stays confirmed',
} as const;

function answerError(path: string, code: keyof typeof messages): FieldError {
  return { path, code, message: messages[code] };
}

/** What was asked, besides its lines. */
export interface Asked {
  kind: Request['kind'];
  /** Lines of an order that were confirmed before. */
  bound: ReadonlySet<string>;
  /** Lines that a confirmation doesn't order, unless they are bound. */
  onlyOffered: ReadonlySet<string>;
  /** When the goods are needed; `today` is that of the vendor. */
  neededBy: string | undefined;
  today: string;
}

/**
 * Checks an answer that fits its schema against the lines asked, and fills in defaults. A confirmation with a later
 * delivery than ordered, or of a line that is only offered, is read as an offer: the buyer has to accept it.
 */
export function readAnswer(
  typed: Answer,
  askedRows: readonly AskedRow[],
  { kind, bound, onlyOffered, ...times }: Asked,
): ReadAnswer {
  const { lines: typedLines, ...answer } = cleaned(typed);
  const errors: FieldError[] = [];
  if (!isSupported(answer.currency)) errors.push(answerError('currency', 'currency_not_supported'));
  const asked = askedRows.map((row) => askedLine(row, times));
  const byId = new Map(asked.map((line) => [line.id, line]));
  const read = new Map<string, AnsweredLine>();
  for (const [index, line] of typedLines.entries()) {
    const path = `lines.${index}`;
    const question = byId.get(line.lineId);
    if (!question) errors.push(answerError(`${path}.lineId`, 'line_not_of_enquiry'));
    else if (read.has(line.lineId)) errors.push(answerError(`${path}.lineId`, 'line_repeated'));
    else {
      const binds = bound.has(line.lineId) || !onlyOffered.has(line.lineId);
      const filled = filledIn(line, question, { path, binds });
      errors.push(...lineErrors(line, filled, question, { kind, currency: answer.currency }));
      if (bound.has(line.lineId) && filled.decision !== 'confirm')
        errors.push(answerError(`${path}.decision`, 'line_confirmed'));
      read.set(line.lineId, filled);
    }
  }
  for (const { id } of asked) {
    if (!read.has(id)) errors.push({ path: 'lines', code: 'line_missing', message: `${id} is not answered` });
  }
  const lines = asked.flatMap((line) => read.get(line.id) ?? []);
  return { ...answer, lines, errors, skus: lines.map((line) => line.alternativeSku).filter(Boolean) };
}

/** Removes control characters and surrounding white space from texts, and writes ids in lower case like PostgreSQL. */
function cleaned(typed: Answer) {
  return {
    currency: typed.currency,
    validUntil: typed.validUntil,
    message: cleanText(typed.message ?? ''),
    vendorReference: cleanLine(typed.vendorReference ?? ''),
    lines: typed.lines.map((line) => ({
      ...line,
      lineId: line.lineId.toLowerCase(),
      alternative: cleanText(line.alternative ?? ''),
      alternativeSku: cleanLine(line.alternativeSku ?? ''),
      reason: cleanText(line.reason ?? ''),
    })),
  };
}
type TypedLine = ReturnType<typeof cleaned>['lines'][number];

function askedLine(
  { line, part }: AskedRow,
  { neededBy, today }: Pick<Asked, 'neededBy' | 'today'>,
): AskedLine {
  return {
    id: line.id,
    quantity: line.quantity,
    listPrice: parse(part.listPrice),
    currency: part.currency,
    leadTimeDays: orderedLeadTime(part.leadTimeDays, neededBy, today),
  };
}

function filledIn(
  line: TypedLine,
  asked: AskedLine,
  { path, binds }: { path: string; binds: boolean },
): AnsweredLine {
  const { lineId, decision, reason } = line;
  if (decision === 'decline') return { ...declined, path, lineId, decision, reason };
  const isConfirmed = decision === 'confirm';
  const listPrice = isConfirmed ? asked.listPrice : null;
  const { alternative, alternativeSku } = decision === 'alternative' ? line : declined;
  const isOffer = isConfirmed && (!binds || isLaterThan(asked.leadTimeDays, line.leadTimeDays));
  return {
    ...{ path, lineId, alternative, alternativeSku, reason },
    decision: isOffer ? 'offer' : decision,
    unitPrice: line.unitPrice ? parse(line.unitPrice.amount) : listPrice,
    quantity: line.quantity ?? asked.quantity,
    leadTimeDays: line.leadTimeDays ?? null,
  };
}

const declined = { unitPrice: null, quantity: null, leadTimeDays: null, alternative: '', alternativeSku: '' };

function lineErrors(
  line: TypedLine,
  filled: AnsweredLine,
  asked: AskedLine,
  { kind, currency }: { kind: Request['kind']; currency: string },
): FieldError[] {
  const { path, alternative, alternativeSku } = filled;
  const { decision } = line;
  const errors: FieldError[] = [];
  if (!decisionsOf[kind].has(decision)) errors.push(answerError(`${path}.decision`, 'decision_not_allowed'));
  if (decision === 'decline') return errors;
  if (line.unitPrice && line.unitPrice.currency !== currency) {
    errors.push(answerError(`${path}.unitPrice.currency`, 'currency_mixed'));
  }
  // A line ordered without a price can't be confirmed, only offered: the buyer hasn't seen a price.
  if (decision === 'confirm' && asked.listPrice === null) {
    return [...errors, answerError(`${path}.decision`, 'confirm_changes_terms')];
  }
  const confirmedAtList = decision === 'confirm' && asked.currency === currency;
  if (!line.unitPrice && !confirmedAtList) errors.push(answerError(`${path}.unitPrice`, 'required'));
  if (decision === 'confirm') errors.push(...changedTerms(line, filled, asked));
  if (decision === 'alternative' && !alternative && !alternativeSku) {
    errors.push(answerError(`${path}.alternative`, 'required'));
  }
  return errors;
}

/** Confirming binds the buyer at once, so the terms must be exactly those of the order. */
function changedTerms(
  { unitPrice: typedPrice }: TypedLine,
  { path, quantity, unitPrice }: AnsweredLine,
  asked: AskedLine,
): FieldError[] {
  const isPriceKept =
    !typedPrice || (typedPrice.currency === asked.currency && unitPrice === asked.listPrice);
  return [
    ...(quantity === asked.quantity ? [] : [answerError(`${path}.quantity`, 'confirm_changes_terms')]),
    ...(isPriceKept ? [] : [answerError(`${path}.unitPrice`, 'confirm_changes_terms')]),
  ];
}
