import * as money from '#server/common/money.ts';
import { orderLineStates } from '#server/common/enums/requests.ts';
import type { Quote, QuoteLine } from '../quotes/schema.ts';
import type { OrderCounts, OrderedPart, RequestLine } from '../schema.ts';

export type OrderLineState = (typeof orderLineStates)[number];

/** Returns what became of a line of an order. `answer`: its vendor's newest one, `isRejected` if the buyer declined it. */
export function orderLineState(
  line: { isBound: boolean },
  answer: Pick<QuoteLine, 'decision'> | undefined,
  isRejected: boolean,
): OrderLineState {
  if (line.isBound) return answer?.decision === 'confirm' ? 'confirmed' : 'accepted';
  if (!answer) return 'waiting';
  if (answer.decision === 'decline') return 'declined';
  return isRejected ? 'rejected' : 'changed';
}

/** Counts the lines of an order by state. */
export function orderCounts(lines: readonly { orderState?: OrderLineState }[]): OrderCounts {
  const count = (state: OrderLineState) => lines.filter((line) => line.orderState === state).length;
  return Object.fromEntries(orderLineStates.map((state) => [state, count(state)])) as OrderCounts;
}

/** Returns what is ordered by vendor. Sums are per currency, of sums rounded per line. */
export function orderedParts(
  lines: readonly Pick<RequestLine, 'id' | 'acceptedQuoteId'>[],
  enquiries: readonly { id: string; vendor: { id: string; name: string }; quotes: readonly Quote[] }[],
): OrderedPart[] {
  return enquiries.flatMap(({ id: enquiryId, vendor, quotes }): OrderedPart[] => {
    const answers = lines.flatMap((line) => {
      const quote = quotes.find((one) => one.id === line.acceptedQuoteId);
      return quote?.lines.find(({ lineId }) => lineId === line.id) ?? [];
    });
    if (answers.length === 0) return [];
    const leadTimes = answers.flatMap((answer) => answer.leadTimeDays ?? []);
    return [
      {
        enquiryId,
        vendor: { id: vendor.id, name: vendor.name },
        lineIds: answers.map(({ lineId }) => lineId),
        totals: money.sumPerCurrency(answers.map(({ lineTotal }) => lineTotal ?? null)),
        longestLeadTimeDays: leadTimes.length > 0 ? Math.max(...leadTimes) : null,
      },
    ];
  });
}
