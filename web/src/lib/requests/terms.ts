import { isLaterThan } from '#server/common/lead-times.ts';
import { parse } from '#server/common/money.ts';

type Amount = { amount: string; currency: string };

/** Whether an offer for a line of an order has the price and the quantity that were ordered, and comes no later. */
export const isAsOrdered = (
  offer: { unitPrice?: Amount; quantity?: number; leadTimeDays?: number },
  ordered: { listPrice: Amount | null; quantity: number; leadTimeDays: number | null },
): boolean =>
  offer.unitPrice !== undefined &&
  ordered.listPrice !== null &&
  offer.unitPrice.currency === ordered.listPrice.currency &&
  parse(offer.unitPrice.amount) === parse(ordered.listPrice.amount) &&
  offer.quantity === ordered.quantity &&
  !isLaterThan(ordered.leadTimeDays, offer.leadTimeDays);
