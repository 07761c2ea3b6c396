import type { Description, OfferFacts } from '#server/catalog/import/merge/products.ts';
import type { OfferRow } from '#server/catalog/import/merge/queries.ts';

type Offer = OfferFacts & Omit<OfferRow, 'productId'>;

/** A product as an import writes it. */
export interface ProductWithTerms {
  id: number;
  description: Description;
  offers: Offer[];
}

interface Terms {
  /** Different for each variant of a product; from 1. */
  copy: number;
  id: number;
  vendors: readonly { id: number; name: string }[];
  /** Whether a second vendor offers it, too. */
  hasRival: boolean;
}

/** What tells apart variants of products whose names hold no number. */
const kinds = [
  'EU version',
  'black',
  'US version',
  'pack of 10',
  'white',
  'type B',
  'extended',
  'grey',
  'mark 2',
];

/** Returns a new product like a stored one, with other numbers, codes and prices. */
export function variantOf(
  { description, offers }: ProductWithTerms,
  { copy, id, vendors, hasRival }: Terms,
): ProductWithTerms {
  const renumbered = (text: string) => text.replace(/\d/g, (digit) => String((Number(digit) + copy) % 10));
  const code = (text: string) => `${renumbered(text)}-${copy}`;
  const name = /\d/.test(description.name)
    ? renumbered(description.name)
    : `${description.name} ${kinds[copy % kinds.length] ?? ''}`;
  const priced = (price: string) => (Number(price) * (1 + copy / 50)).toFixed(4);
  const own = offers.map((offer, at): Offer => ({
    ...offer,
    id: null,
    sku: code(offer.sku),
    name: offer.name && renumbered(offer.name),
    code: offer.code && code(offer.code),
    otherCodes: offer.otherCodes.map(code),
    price: offer.price && priced(offer.price),
    priceBreaks: offer.priceBreaks.map(([quantity, price]) => [quantity, priced(price)]),
    stock: offer.stock !== null && (id + at) % 4 === 0 ? 0 : offer.stock,
  }));
  const [first] = own;
  const rival = vendors[(id * 7) % vendors.length];
  if (hasRival && first && rival && own.every(({ vendorId }) => vendorId !== rival.id)) {
    own.push({ ...first, vendorId: rival.id, vendorName: rival.name, sku: `${first.sku}-${rival.id}` });
  }
  const eans = description.eans.map(renumbered);
  return { id, description: { ...description, name, code: code(description.code), eans }, offers: own };
}
