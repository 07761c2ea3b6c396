import { fold } from '#server/platform/fold.ts';
import * as rules from '../rules.ts';
import type { Reading, Row } from './reading.ts';

/** A row matched against the codes of the catalogue. */
export type Match = { row: Row; reading: Reading } & (
  | { status: 'found'; product: rules.StoredProduct; quantity: number }
  | { status: 'refused'; product: rules.StoredProduct; reason: string; packs?: Packs }
  | { status: 'ambiguous'; candidates: number[] }
  | { status: 'not_found' | 'header' }
);
export type Found = Extract<Match, { status: 'found' }>;

/** All of a line's vendors sell multiples of `packSize` from `minimum` up. */
export interface Packs {
  minimum: number;
  packSize: number;
}

/** Returns the first reading whose code exists, with the ids of its products. */
export function readingThatExists(
  row: Row,
  byCode: ReadonlyMap<string, number[]>,
): { reading: Reading; ids: number[] } | null {
  for (const reading of row.readings) {
    const ids = byCode.get(fold(reading.code));
    if (ids) return { reading, ids };
  }
  return null;
}

export function matchRow(
  row: Row,
  byCode: ReadonlyMap<string, number[]>,
  products: ReadonlyMap<number, rules.StoredProduct>,
): Match {
  const exists =
    row.productId === undefined
      ? readingThatExists(row, byCode)
      : { reading: row.likely, ids: [Number(row.productId)].filter((id) => products.has(id)) };
  const [id, ...others] = exists?.ids ?? [];
  const product = id === undefined ? undefined : products.get(id);
  if (!exists || !product) return { row, reading: row.likely, status: row.heading ? 'header' : 'not_found' };
  const { reading } = exists;
  if (others.length > 0) return { row, reading, status: 'ambiguous', candidates: exists.ids };
  return typeof reading.quantity === 'number'
    ? { row, reading, status: 'found', product, quantity: reading.quantity }
    : { row, reading, status: 'refused', product, reason: reading.quantity };
}

/** The line that one product's rows result in, and the rows refused. */
export interface ProductRows {
  offers: rules.StoredOffer[];
  quantity: number;
  accepted: Found[];
  refused: Match[];
}

/**
 * Adds up the rows of one product and its existing line. If the sum can't be sold, adds rows one by one and refuses
 * those that make the sum unsellable.
 */
export function combineRows(
  product: rules.StoredProduct,
  rows: Found[],
  line: { quantity: number; asked: number[] } | undefined,
): ProductRows {
  const before = line?.quantity ?? 0;
  const asked = rules.askedOffers({ product, asked: line?.asked ?? [] });
  const offersFor = (quantity: number): rules.StoredOffer[] => {
    if (asked.length > 0) return asked;
    const best = rules.bestOffer(product.offers, quantity);
    return best ? [best] : [];
  };
  const sum = rows.reduce((total, row) => total + row.quantity, before);
  if (refusal(product, offersFor(sum), sum) === null)
    return { offers: offersFor(sum), quantity: sum, accepted: rows, refused: [] };

  const combined: ProductRows = { offers: offersFor(before), quantity: before, accepted: [], refused: [] };
  for (const row of rows) {
    const quantity = combined.quantity + row.quantity;
    const offers = offersFor(quantity);
    const reason = refusal(product, offers, quantity);
    if (reason)
      combined.refused.push({ row: row.row, reading: row.reading, status: 'refused', product, ...reason });
    else Object.assign(combined, { offers, quantity, accepted: [...combined.accepted, row] });
  }
  return combined;
}

function refusal(
  product: rules.StoredProduct,
  offers: rules.StoredOffer[],
  quantity: number,
): { reason: string; packs?: Packs } | null {
  if (offers.length === 0)
    return { reason: product.offers.length > 0 ? 'vendor_not_reachable' : 'no_vendor_to_ask' };
  if (quantity > rules.maxQuantity) return { reason: 'quantity_too_large' };
  if (offers.every((offer) => rules.isSellable(offer, quantity))) return null;
  const minimum = Math.max(...offers.map((offer) => offer.minimum));
  return { reason: 'quantity_not_sellable', packs: { minimum, packSize: rules.commonPack(offers) } };
}
