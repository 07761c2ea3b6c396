import type { FieldError } from '#server/platform/errors.ts';
import { isSupported, parse } from '#server/common/money.ts';
import type { Decision } from '../quotes/schema.ts';
import type { Request } from '../schema.ts';
import { cleanLine, cleanText } from '../text.ts';
import type { AskedRow } from './queries.ts';
import type { Answer, AnswerLine } from './schema.ts';

/** A line of the enquiry as it was asked. Money in 1/10000 of the currency's unit; null: "on request". */
interface AskedLine {
  id: string;
  quantity: number;
  listPrice: bigint | null;
  currency: string;
}

/** A line of an answer with everything left out filled in. */
export interface AnsweredLine {
  /** Of its fields in the answer as typed. */
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

/** An answer as it is understood: texts cleaned, lines in the order asked; and all that is wrong with it. */
export interface ReadAnswer extends Required<Omit<Answer, 'lines'>> {
  lines: AnsweredLine[];
  errors: FieldError[];
  /** The vendor's own products that are offered instead. */
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
  validity_past: 'must be today or later',
  decision_not_allowed: 'does not fit this kind of request',
  confirm_changes_terms: 'must be as asked; offer a change instead',
} as const;

function wrong(path: string, code: keyof typeof messages): FieldError {
  return { path, code, message: messages[code] };
}

/** Checks an answer that fits its schema against what was asked. */
export function readAnswer(
  answer: Answer,
  askedRows: readonly AskedRow[],
  kind: Request['kind'],
): ReadAnswer {
  const errors: FieldError[] = [];
  if (!isSupported(answer.currency)) errors.push(wrong('currency', 'currency_not_supported'));
  const asked = askedRows.map(askedLine);
  const byId = new Map(asked.map((line) => [line.id, line]));
  const read = new Map<string, AnsweredLine>();
  for (const [index, typed] of answer.lines.entries()) {
    const path = `lines.${index}`;
    const line = cleaned(typed);
    const question = byId.get(line.lineId);
    if (!question) errors.push(wrong(`${path}.lineId`, 'line_not_of_enquiry'));
    else if (read.has(line.lineId)) errors.push(wrong(`${path}.lineId`, 'line_repeated'));
    else {
      errors.push(...lineErrors(line, question, answer.currency, kind, path));
      read.set(line.lineId, filledIn(line, question, path));
    }
  }
  for (const { id } of asked) {
    if (!read.has(id)) errors.push({ path: 'lines', code: 'line_missing', message: `${id} is not answered` });
  }
  const lines = asked.flatMap((line) => read.get(line.id) ?? []);
  return {
    currency: answer.currency,
    validUntil: answer.validUntil,
    message: cleanText(answer.message ?? ''),
    vendorReference: cleanLine(answer.vendorReference ?? ''),
    lines,
    errors,
    skus: lines.map((line) => line.alternativeSku).filter(Boolean),
  };
}

function askedLine({ line, part }: AskedRow): AskedLine {
  return {
    id: line.id,
    quantity: line.quantity,
    listPrice: part.listPrice === null ? null : parse(part.listPrice),
    currency: part.currency,
  };
}

/** Texts without control characters and white space around them, the id as the database writes it. */
function cleaned(line: AnswerLine): AnswerLine {
  return {
    ...line,
    lineId: line.lineId.toLowerCase(),
    alternative: cleanText(line.alternative ?? ''),
    alternativeSku: cleanLine(line.alternativeSku ?? ''),
    reason: cleanText(line.reason ?? ''),
  };
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
  // What was ordered without a price can be offered for one, never confirmed: the buyer hasn't seen it.
  if (line.decision === 'confirm' && asked.listPrice === null) {
    return [...errors, wrong(`${path}.decision`, 'confirm_changes_terms')];
  }
  const confirmedAtList = line.decision === 'confirm' && asked.currency === currency;
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

function filledIn(line: AnswerLine, asked: AskedLine, path: string): AnsweredLine {
  const declined = line.decision === 'decline';
  const listPrice = line.decision === 'confirm' ? asked.listPrice : null;
  const isAlternative = line.decision === 'alternative';
  return {
    path,
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
export function contentOf({ lines, ...answer }: ReadAnswer): string {
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
