import { bestOffer, type StoredOffer, type StoredProduct } from '#server/solutions/service.ts';

/** What a vendor was asked for in a line. */
export interface AskedBefore {
  vendor: { id: string; name: string };
  sku: string;
}

/**
 * Returns whom a repeated line asks: those of before with the same SKU, else with their best offer; if none of them sells
 * it, the best of the others. `gone`: who no longer sells it.
 */
export function askedAgain(
  product: StoredProduct | undefined,
  quantity: number,
  before: readonly AskedBefore[],
): { offers: StoredOffer[]; gone: AskedBefore['vendor'][] } {
  const reachable = product?.offers.filter(({ vendor }) => vendor.email !== null) ?? [];
  const gone: AskedBefore['vendor'][] = [];
  const offers = before.flatMap(({ vendor, sku }) => {
    const own = reachable.filter((offer) => String(offer.vendor.id) === vendor.id);
    const again = own.find((offer) => offer.sku === sku) ?? bestOffer(own, quantity);
    if (again) return [again];
    gone.push(vendor);
    return [];
  });
  const another = offers.length === 0 ? bestOffer(reachable, quantity) : null;
  return { offers: another ? [another] : offers, gone };
}
