import type { Offer } from '#lib/api/types.ts';
import { nextQuantity, termsOf } from '#lib/solution/quantities.ts';

/** Returns the offer that a row shows and asks: the cheapest whose partner can be asked, else the cheapest. */
export const leadOffer = <O extends Pick<Offer, 'reachable'>>(offers: readonly O[]): O | undefined =>
  offers.find((offer) => offer.reachable) ?? offers[0];

/**
 * Returns the offers that are ticked at first: those whose partner can be asked and sells the lead offer's starting
 * quantity, one for each partner.
 */
export function usualOffers(offers: readonly Offer[]): string[] {
  const lead = leadOffer(offers);
  if (!lead?.reachable) return [];
  const first = nextQuantity(termsOf([lead]), 1) ?? 1;
  const vendors = new Set<string>();
  const chosen = offers.filter((offer) => {
    const sells = offer.reachable && nextQuantity(termsOf([offer]), first) === first;
    if (!sells || vendors.has(offer.vendor.id)) return false;
    vendors.add(offer.vendor.id);
    return true;
  });
  return chosen.map((offer) => offer.id);
}
