import { compactKeys, fold } from '#server/platform/fold.ts';
import * as rules from '../rules.ts';
import type { ReadRow, RowDoubt, SkipReason } from './reading/row.ts';
import { soldByPiece } from './words/units.ts';

/** A row to match, with what a person chose for it. */
export interface WantedRow {
  read: ReadRow;
  productId?: string | undefined;
  offerIds?: string[] | undefined;
  /** `all`: everybody who has it, also where the row names a partner. */
  ask?: Ask | undefined;
}

/** Why a row that names a product isn't ready. */
export type Reason =
  | RowDoubt
  | 'unit_differs'
  | 'quantity_not_sellable'
  | 'vendor_not_reachable'
  | 'not_offered'
  | 'solution_full'
  | 'quantity_too_large';

/** A row matched against the catalogue. */
export type Match = { wanted: WantedRow } & (
  | { status: 'found'; product: rules.StoredProduct; quantity: number; named: rules.StoredOffer[] }
  | { status: 'unclear'; product: rules.StoredProduct | null; reason: Reason; packs?: Packs }
  | { status: 'choose'; candidates: number[]; reason: Reason | null }
  | { status: 'not_found' }
  | { status: 'skipped'; reason: SkipReason }
);
export type Found = Extract<Match, { status: 'found' }>;

/** All of a line's vendors sell multiples of `packSize` from `minimum` up. */
export interface Packs {
  minimum: number;
  packSize: number;
}

export function matchRow(wanted: WantedRow, products: ReadonlyMap<number, rules.StoredProduct>): Match {
  const { read, productId, offerIds } = wanted;
  if (read.skipped) return { wanted, status: 'skipped', reason: read.skipped };
  const ids = offeredFirst(productId === undefined ? read.ids : [Number(productId)], products);
  const [id, ...others] = ids;
  const product = id === undefined ? undefined : products.get(id);
  if (read.doubt === 'code_missing' && productId === undefined)
    return { wanted, status: 'unclear', product: null, reason: read.doubt };
  if (!product) return { wanted, status: 'not_found' };
  if (read.doubt === 'code_or_quantity' && productId === undefined)
    return { wanted, status: 'unclear', product: others.length > 0 ? null : product, reason: read.doubt };
  if (product.offers.length === 0) return { wanted, status: 'unclear', product, reason: 'not_offered' };
  if (others.length > 0) return { wanted, status: 'choose', candidates: ids, reason: read.doubt };
  const isChosen = read.doubt === 'codes_differ' && productId !== undefined;
  if (read.doubt && !isChosen) return { wanted, status: 'unclear', product, reason: read.doubt };
  if (read.quantity === null) return { wanted, status: 'unclear', product, reason: 'quantity_missing' };
  if (!isUnitOf(read.unit, product)) return { wanted, status: 'unclear', product, reason: 'unit_differs' };
  const everyone = wanted.ask === 'all' ? rules.everyOffer(product, read.quantity) : [];
  if (everyone.length > 0)
    return { wanted, status: 'found', product, quantity: read.quantity, named: everyone };
  const named = offerIds ? rules.chosenOffers(product.offers, offerIds) : namedOffers(read, product);
  if (named === null) return { wanted, status: 'unclear', product, reason: 'vendor_not_reachable' };
  return { wanted, status: 'found', product, quantity: read.quantity, named };
}

/** Returns the known products that somebody offers; all known ones if nobody offers any. */
function offeredFirst(ids: readonly number[], products: ReadonlyMap<number, rules.StoredProduct>): number[] {
  const known = ids.filter((id) => products.has(id));
  const offered = known.filter((id) => products.get(id)?.offers.length);
  return offered.length > 0 ? offered : known;
}

/** Returns whether the row's unit is the one that a partner sells by: ten boxes aren't ten pieces. */
function isUnitOf(unit: string | null, { offers }: rules.StoredProduct): boolean {
  if (unit === null) return true;
  return offers.some((offer) => {
    const sold = soldByPiece.has(offer.unit) ? 'piece' : offer.unit === 'carton' ? 'box' : offer.unit;
    return sold === unit;
  });
}

/**
 * Returns the offers of the partner that the row names by its own number or its name; [] if it names none, null if that
 * partner can't be asked.
 */
function namedOffers(read: ReadRow, product: rules.StoredProduct): rules.StoredOffer[] | null {
  const keys = compactKeys(read.code);
  const isKey = (code: string): boolean => keys.includes(compactKeys(code)[0] ?? '');
  const bySku = isKey(product.code) ? [] : ownNumber(product, isKey, read.quantity ?? 1);
  const byName =
    read.vendor === '' ? [] : product.offers.filter(({ vendor }) => isNamed(vendor.name, read.vendor));
  const named = bySku.length > 0 ? bySku : byName;
  const reachable = named.filter(({ vendor }) => vendor.email !== null);
  if (named.length > 0 && reachable.length === 0) return null;
  return rules.onePerVendor(reachable, read.quantity ?? 1);
}

/** Returns the offers with this number; of vendors that share a code of their own, the best. */
function ownNumber(
  { offers }: rules.StoredProduct,
  isKey: (code: string) => boolean,
  quantity: number,
): rules.StoredOffer[] {
  const bySku = offers.filter(({ sku }) => isKey(sku));
  if (bySku.length > 0) return bySku;
  const byCode = offers.filter(({ codes = [] }) => codes.some(isKey));
  const best = rules.bestOffer(byCode, quantity);
  return best ? [best] : byCode;
}

function isNamed(name: string, written: string): boolean {
  const [full, part] = [fold(name), fold(written)];
  return part.length >= 4 && (full === part || full.startsWith(`${part} `) || part.startsWith(`${full} `));
}

/** Whom to ask for a row that names nobody: the best partner or everybody who has it. */
export type Ask = 'one' | 'all';

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
  ask: Ask,
): ProductRows {
  const before = line?.quantity ?? 0;
  const asked = rules.askedOffers({ product, asked: line?.asked ?? [] });
  const offersFor = (quantity: number, of: readonly Found[]): rules.StoredOffer[] => {
    const named = of.flatMap((row) => row.named);
    const chosen = rules.mergeAskedOffers(asked, [
      ...new Map(named.map((offer) => [offer.vendor.id, offer])).values(),
    ]);
    // Of the rows of a line some may name their partner; the others want everybody.
    const isOpen = of.length === 0 || of.some((row) => row.named.length === 0);
    const everyone = ask === 'all' && isOpen ? rules.everyOffer(product, quantity) : [];
    const wanted = everyone.length > 0 ? rules.mergeAskedOffers(everyone, chosen) : chosen;
    if (wanted.length > 0) return wanted;
    const best = rules.bestOffer(product.offers, quantity);
    return best ? [best] : [];
  };
  const sum = rows.reduce((total, row) => total + row.quantity, before);
  if (refusal(product, offersFor(sum, rows), sum) === null)
    return { offers: offersFor(sum, rows), quantity: sum, accepted: rows, refused: [] };

  const combined: ProductRows = {
    offers: offersFor(before, []),
    quantity: before,
    accepted: [],
    refused: [],
  };
  for (const row of rows) {
    const quantity = combined.quantity + row.quantity;
    const accepted = [...combined.accepted, row];
    const offers = offersFor(quantity, accepted);
    const reason = refusal(product, offers, quantity);
    if (reason) combined.refused.push({ wanted: row.wanted, status: 'unclear', product, ...reason });
    else Object.assign(combined, { offers, quantity, accepted });
  }
  return combined;
}

function refusal(
  product: rules.StoredProduct,
  offers: rules.StoredOffer[],
  quantity: number,
): { reason: Reason; packs?: Packs } | null {
  if (offers.length === 0)
    return { reason: product.offers.length > 0 ? 'vendor_not_reachable' : 'not_offered' };
  if (quantity > rules.maxQuantity) return { reason: 'quantity_too_large' };
  if (offers.every((offer) => rules.isSellable(offer, quantity))) return null;
  const minimum = Math.max(...offers.map((offer) => offer.minimum));
  return { reason: 'quantity_not_sellable', packs: { minimum, packSize: rules.commonPack(offers) } };
}
