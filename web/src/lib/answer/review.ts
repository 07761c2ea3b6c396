import type { Answer, CheckedAnswer, EnquiryByLink, Money } from '#lib/api/schema.d.ts';
import { parse } from '#server/common/money.ts';
import { isLaterThan } from '#server/common/lead-times.ts';
import { saysTheSame, unchangedLines } from './reading.ts';

/** An answer without errors, and what a person should look at before it is sent. Lines are named by their index. */
export type Checked = {
  answer: Answer;
  /** Lines whose price is 0 or far from the list price. */
  far: number[];
  /** Lines of an order that are offered as a change without one. */
  unchanged: number[];
  /** Whether the newest version says the same. */
  isSame: boolean;
  /** The version that was sent since the page was opened. */
  newer: { version: number; name: string } | null;
};

/** `seen`: the newest version when the page was opened. */
export function checkedAnswer(
  answer: Answer,
  enquiry: EnquiryByLink,
  warnings: CheckedAnswer['warnings'],
  seen: number,
): Checked {
  const [newest] = enquiry.quotes;
  const isNewer = newest !== undefined && newest.version > seen;
  return {
    answer,
    far: warnings.flatMap(({ path }) => Number(/^lines\.(\d+)/.exec(path)?.[1] ?? [])),
    unchanged: unchangedLines(answer, enquiry),
    isSame: newest !== undefined && saysTheSame(newest, answer),
    newer: isNewer ? { version: newest.version, name: newest.answeredBy } : null,
  };
}

/** What a line asked for where the answer says something else. `isLater`: it comes later than ordered. */
export type Before = {
  product?: string;
  unitPrice?: Money;
  quantity?: number;
  leadTimeDays?: number;
  isLater?: boolean;
};

/** Returns what an answer changes in a line. Only an order has asked for a price, a product and a time. */
export function changesIn(
  line: Answer['lines'][number] | undefined,
  asked: EnquiryByLink['lines'][number],
  kind: 'quote' | 'order',
): Before {
  if (!line || line.decision === 'decline') return {};
  const { unitPrice, quantity, leadTimeDays } = line;
  const { listPrice } = asked;
  const isOther =
    unitPrice &&
    listPrice &&
    (unitPrice.currency !== listPrice.currency || parse(unitPrice.amount) !== parse(listPrice.amount));
  return {
    ...(quantity !== undefined && quantity !== asked.quantity && { quantity: asked.quantity }),
    ...(kind === 'order' && {
      ...(line.decision === 'alternative' && { product: asked.product.name }),
      ...(isOther && line.decision !== 'confirm' && { unitPrice: listPrice }),
      ...(asked.leadTimeDays !== null &&
        leadTimeDays !== asked.leadTimeDays && { leadTimeDays: asked.leadTimeDays }),
      ...(isLaterThan(asked.leadTimeDays, leadTimeDays) && { isLater: true }),
    }),
  };
}

/** Whether the buyer of an order has to agree to these changes, also where the partner confirms the line. */
export const needsConsent = ({ product, unitPrice, quantity, isLater = false }: Before): boolean =>
  isLater || product !== undefined || unitPrice !== undefined || quantity !== undefined;
