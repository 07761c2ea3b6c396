import type { SolutionLine } from '#lib/api/schema.d.ts';

type Offer = SolutionLine['offers'][number];

/**
 * Returns the offers that ask everybody else who sells the line's quantity: the service's choice of each partner that is
 * not ticked.
 */
export function moreToAsk(offers: readonly Offer[], isTicked: (offer: Offer) => boolean): Offer[] {
  const asking = new Set(offers.filter(isTicked).map(({ vendor }) => vendor.id));
  return offers.filter(({ preferred, vendor }) => preferred && !asking.has(vendor.id));
}
