import { fold } from '#server/platform/fold.ts';
import * as rules from '../rules.ts';
import type { Reading, Row } from './reading.ts';

/** What a row means, as far as the codes that exist tell. */
export type Match = { row: Row; reading: Reading } & (
  | { status: 'found'; product: rules.StoredProduct; quantity: number }
  | { status: 'refused'; product: rules.StoredProduct; reason: string; packs?: Packs }
  | { status: 'ambiguous'; candidates: number[] }
  | { status: 'not_found' | 'header' }
);
export type Found = Extract<Match, { status: 'found' }>;

/** A quantity that all of a line's vendors sell is a multiple of `packSize` from `minimum` up. */
export interface Packs {
  minimum: number;
  packSize: number;
}

/** Returns the first reading whose code exists, with the products that have the code. */
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

/** What is to become of one product's rows: the line's new quantity and vendors, and the rows that don't fit. */
export interface Settlement {
  offers: rules.StoredOffer[];
  quantity: number;
  taken: Found[];
  refused: Match[];
}

/**
 * Adds up the rows of one product, beside the line that asks for it already. When the sum can't be sold, rows are
 * taken one by one as long as what they add up to can.
 */
export function settle(
  product: rules.StoredProduct,
  rows: Found[],
  line: { quantity: number; asked: number[] } | undefined,
): Settlement {
  const before = line?.quantity ?? 0;
  const asked = rules.askedOffers({ product, asked: line?.asked ?? [] });
  const offersFor = (quantity: number): rules.StoredOffer[] => {
    if (asked.length > 0) return asked;
    const best = rules.bestOffer(product.offers, quantity);
    return best ? [best] : [];
  };
  const sum = rows.reduce((total, row) => total + row.quantity, before);
  if (refusal(product, offersFor(sum), sum) === null)
    return { offers: offersFor(sum), quantity: sum, taken: rows, refused: [] };

  const settled: Settlement = { offers: offersFor(before), quantity: before, taken: [], refused: [] };
  for (const row of rows) {
    const quantity = settled.quantity + row.quantity;
    const offers = offersFor(quantity);
    const no = refusal(product, offers, quantity);
    if (no) settled.refused.push({ row: row.row, reading: row.reading, status: 'refused', product, ...no });
    else Object.assign(settled, { offers, quantity, taken: [...settled.taken, row] });
  }
  return settled;
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
