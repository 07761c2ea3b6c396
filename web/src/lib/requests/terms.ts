import { isLaterThan } from '#server/common/lead-times.ts';
import { parse } from '#server/common/money.ts';

type Amount = { amount: string; currency: string };

type Offered = {
  decision?: string | undefined;
  unitPrice?: Amount | undefined;
  quantity?: number | undefined;
  leadTimeDays?: number | undefined;
};
type Ordered = { listPrice: Amount | null; quantity: number; leadTimeDays: number | null };

const isSamePrice = (price: Amount | undefined, ordered: Amount | null): boolean =>
  price !== undefined &&
  ordered !== null &&
  price.currency === ordered.currency &&
  parse(price.amount) === parse(ordered.amount);

/** Returns which terms of an order's line an offer changes; sooner is no change. */
export const changedTerms = (offer: Offered, ordered: Ordered) => ({
  product: offer.decision === 'alternative',
  price: !isSamePrice(offer.unitPrice, ordered.listPrice),
  quantity: offer.quantity !== ordered.quantity,
  leadTime: isLaterThan(ordered.leadTimeDays, offer.leadTimeDays),
});

/** Whether an offer for a line of an order has the price and the quantity that were ordered, and comes no later. */
export function isAsOrdered(offer: Offered, ordered: Ordered): boolean {
  const { price, quantity, leadTime } = changedTerms(offer, ordered);
  return !price && !quantity && !leadTime;
}
