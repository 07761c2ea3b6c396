import type { Offer } from '#lib/api/schema.d.ts';
import { nextQuantity, termsOf } from '#lib/solution/quantities.ts';

/** Returns the offer a row shows and asks: the cheapest whose partner can be asked, else the cheapest. */
export const leadOffer = <O extends Pick<Offer, 'reachable'>>(offers: readonly O[]): O | undefined =>
  offers.find((offer) => offer.reachable) ?? offers[0];

/**
 * Returns the offers ticked to begin with: of everyone who can be asked and sells the quantity that the lead offer
 * starts with. A line asks a partner once, however many offers it has.
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
