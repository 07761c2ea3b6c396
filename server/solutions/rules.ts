import * as money from '#server/common/money.ts';
import { refuse, refuseField, type SolutionRefusal } from './refusals.ts';

/** One vendor's current terms for a product. */
export interface StoredOffer {
  id: number;
  sku: string;
  /** The vendor's codes of the product beside the SKU. */
  codes?: string[];
  vendor: StoredVendor;
  /** A decimal string; null: "on request". */
  price: string | null;
  currency: string;
  priceBreaks: [number, string][];
  unit: string;
  minimum: number;
  packSize: number;
  stock: number | null;
  leadTimeDays: number | null;
  /** 1 euro in its currency, by the newest rate; null: there is none. */
  rate?: string | null;
}

/** A vendor. Without an e-mail address it can't be asked. */
export interface StoredVendor {
  id: number;
  slug: string;
  name: string;
  email: string | null;
  timeZone: string;
  locale: string;
  /** The number of rated calls, and the sum of their ratings. */
  ratingCount: number;
  ratingTotal: number;
}

/** A category; `names` and `paths` in other languages. */
export interface StoredCategory {
  id: number;
  name: string;
  path: string;
  slugPath: string;
  names: Record<string, string>;
  paths: Record<string, string>;
}

export interface StoredProduct {
  id: number;
  code: string;
  name: string;
  kind: 'product' | 'service';
  image: string | null;
  category: StoredCategory;
  /** Live ones of all vendors, asked or not; by vendor name, then id. */
  offers: StoredOffer[];
}

export interface StoredSolution {
  id: string;
  name: string;
  current: boolean;
  sentAt: Date | null;
  updatedAt: Date;
}

/** A line of a solution, with its product's current terms. */
export interface StoredLine {
  id: string;
  position: number;
  quantity: number;
  options: Record<string, string>;
  note: string;
  removedAt: Date | null;
  product: StoredProduct;
  /** Offer ids. One that an import moved to another product isn't in `product.offers`. */
  asked: number[];
  /** Offers among `asked` that their vendors have withdrawn. */
  withdrawn: StoredOffer[];
}

export const maxQuantity = 1_000_000_000;
export const undoHours = 24;

/** Returns the time after which removed lines can be restored. */
export const undoableSince = (now: Date): Date => new Date(now.getTime() - undoHours * 3_600_000);

type Terms = Pick<StoredOffer, 'minimum' | 'packSize'>;

export function isSellable(terms: Terms, quantity: number): boolean {
  return quantity >= terms.minimum && quantity % terms.packSize === 0;
}

/** Returns the smallest quantity >= `wanted` that all these vendors sell; null if there is none. */
export function nextSellable(terms: readonly Terms[], wanted: number): number | null {
  const pack = commonPack(terms);
  const least = Math.max(wanted, ...terms.map(({ minimum }) => minimum));
  const next = Math.ceil(least / pack) * pack;
  return next <= maxQuantity ? next : null;
}

/** Returns the least common multiple of these vendors' pack sizes. */
export function commonPack(terms: readonly Terms[]): number {
  return terms.reduce((multiple, { packSize }) => leastCommonMultiple(multiple, packSize), 1);
}

function leastCommonMultiple(a: number, b: number): number {
  let [divisor, rest] = [a, b];
  while (rest > 0) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}

/** Returns the offers that a line asks, if they still are its product's and live. */
export function askedOffers(line: Pick<StoredLine, 'product' | 'asked'>): StoredOffer[] {
  return line.product.offers.filter((offer) => line.asked.includes(offer.id));
}

/** Returns the ids that a line asks of offers that its product no longer has. */
export function withdrawnIds(line: Pick<StoredLine, 'product' | 'asked'>): number[] {
  return line.asked.filter((id) => !line.product.offers.some((offer) => offer.id === id));
}

/**
 * Returns the default offer among vendors with an e-mail address; null if there is none. Prefers, in this order: sells
 * this quantity, has a price, has stock, is cheapest by exchange rates, is oldest. Where a rate is missing, only offers in
 * the most frequent currency are compared.
 */
export function bestOffer(offers: readonly StoredOffer[], quantity: number): StoredOffer | null {
  const reachable = offers.filter((offer) => offer.vendor.email !== null);
  const preferences: ((offer: StoredOffer) => boolean)[] = [
    (offer) => isSellable(offer, quantity),
    (offer) => offer.price !== null,
    (offer) => offer.stock !== null && offer.stock > 0,
  ];
  const fit = preferences.reduce(
    (left, isPreferred) => (left.some(isPreferred) ? left.filter(isPreferred) : left),
    reachable,
  );
  const currency = commonestCurrency(fit);
  const compared = areComparable(fit) ? fit : fit.filter((offer) => offer.currency === currency);
  return compared.toSorted(byPriceThenAge(quantity))[0] ?? null;
}

/** Returns whether prices can be compared: they are in one currency, or there are rates for all. */
const areComparable = (offers: readonly StoredOffer[]): boolean =>
  offers.every(({ currency }) => currency === offers[0]?.currency) ||
  offers.every(({ currency, rate }) => rateAt(currency, rate) !== null);

const rateAt = (currency: string, rate: string | null | undefined): bigint | null =>
  money.rateOf(currency, new Map(rate ? [[currency, rate]] : []));

/** A list price at a quantity, with what it is compared by. */
interface Comparable {
  price: bigint;
  currency: string;
  rate: bigint | null;
}

/** Compares two prices for sorting, by exchange rates; null if a rate is missing. */
function comparePrices(a: Comparable, b: Comparable): number | null {
  if (a.currency === b.currency) return a.price === b.price ? 0 : a.price < b.price ? -1 : 1;
  if (a.rate === null || b.rate === null) return null;
  // Multiplied instead of divided, so that nothing is rounded.
  const [left, right] = [a.price * b.rate, b.price * a.rate];
  return left === right ? 0 : left < right ? -1 : 1;
}

function comparableOf(offer: StoredOffer, quantity: number): Comparable | null {
  const price = unitPrice(offer, quantity);
  return price === null
    ? null
    : { price, currency: offer.currency, rate: rateAt(offer.currency, offer.rate) };
}

/**
 * Returns whether an offer is the cheapest of several by exchange rates, and another is dearer. None is, if a rate is
 * missing to compare them.
 */
export function isLowest(offer: StoredOffer, offers: readonly StoredOffer[], quantity: number): boolean {
  const own = comparableOf(offer, quantity);
  if (!own) return false;
  const others = offers
    .filter((other) => other !== offer)
    .flatMap((other) => comparableOf(other, quantity) ?? [])
    .map((other) => comparePrices(other, own));
  return (
    others.every((compared) => compared !== null && compared >= 0) &&
    others.some((compared) => compared === 1)
  );
}

function commonestCurrency(offers: readonly StoredOffer[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { currency } of [...offers].sort((a, b) => a.id - b.id))
    counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function byPriceThenAge(quantity: number) {
  return (a: StoredOffer, b: StoredOffer): number => {
    const [first, second] = [comparableOf(a, quantity), comparableOf(b, quantity)];
    return (first && second && comparePrices(first, second)) || a.id - b.id;
  };
}

/** Returns the list price per unit at this quantity, in 1/10000 of the currency's unit; null: "on request". */
export function unitPrice(offer: StoredOffer, quantity: number): bigint | null {
  return money.priceAt(offer.price, offer.priceBreaks, quantity);
}

/**
 * Returns the offers a buyer chose by id, without those `withdrawn`. Refuses `offer_not_of_product`, `vendor_not_reachable`
 * and `one_offer_per_vendor` at `offerIds.N`.
 */
export function chosenOffers(
  offers: readonly StoredOffer[],
  offerIds: readonly string[],
  withdrawn: readonly StoredOffer[] = [],
): StoredOffer[] {
  const chosen: StoredOffer[] = [];
  for (const [index, id] of offerIds.entries()) {
    if (withdrawn.some((offer) => String(offer.id) === id)) continue;
    const offer = offers.find((candidate) => String(candidate.id) === id);
    if (!offer) throw refuseField(`offerIds.${index}`, 'offer_not_of_product');
    if (chosen.includes(offer)) continue;
    if (offer.vendor.email === null) throw refuseField(`offerIds.${index}`, 'vendor_not_reachable');
    if (chosen.some((other) => other.vendor.id === offer.vendor.id))
      throw refuseField(`offerIds.${index}`, 'one_offer_per_vendor');
    chosen.push(offer);
  }
  return chosen;
}

/** Returns the default offer. Refuses `vendor_not_reachable` or `not_offered`. */
export function defaultOffers(offers: readonly StoredOffer[], quantity: number): StoredOffer[] {
  const best = bestOffer(offers, quantity);
  if (best) return [best];
  throw refuseField('productId', offers.length > 0 ? 'vendor_not_reachable' : 'not_offered');
}

/** Returns the best offer of each vendor at this quantity. */
export function onePerVendor(offers: readonly StoredOffer[], quantity: number): StoredOffer[] {
  const byVendor = Map.groupBy(offers, ({ vendor }) => vendor.id);
  return [...byVendor.values()].flatMap((own) => bestOffer(own, quantity) ?? []);
}

/** Returns the offers of everybody who can be asked for this quantity, one per vendor. */
export function everyOffer(product: StoredProduct, quantity: number): StoredOffer[] {
  return onePerVendor(product.offers, quantity).filter((offer) => isSellable(offer, quantity));
}

/** Adds `chosen` to the offers asked, replacing those of the same vendor. */
export function mergeAskedOffers(
  asked: readonly StoredOffer[],
  chosen: readonly StoredOffer[],
): StoredOffer[] {
  const vendors = new Set(chosen.map((offer) => offer.vendor.id));
  return [...asked.filter((offer) => !vendors.has(offer.vendor.id)), ...chosen];
}

/** Refuses `quantity_not_sellable` unless all these vendors sell this quantity; the message has the next one they do. */
export function requireSellable(offers: readonly StoredOffer[], quantity: number): void {
  if (quantity > maxQuantity) {
    const message = `a line holds at most ${maxQuantity}`;
    throw refuse('invalid_input', { errors: [{ path: 'quantity', code: 'too_large', message }] });
  }
  const unfit = offers.find((offer) => !isSellable(offer, quantity));
  if (!unfit) return;
  const next = nextSellable(offers, quantity);
  const message =
    `${unfit.vendor.name} sells at least ${unfit.minimum}, in multiples of ${unfit.packSize}` +
    (next === null ? '; these vendors have no quantity in common' : `; the next quantity is ${next}`);
  throw refuseField('quantity', 'quantity_not_sellable', message);
}

/** Returns the refusals that sending the line would get. */
export function problemsOf(line: StoredLine): SolutionRefusal[] {
  const offers = askedOffers(line);
  const codes: SolutionRefusal[] = line.withdrawn.length > 0 ? ['offer_withdrawn'] : [];
  if (offers.length === 0) return codes.length > 0 ? codes : ['no_vendor_to_ask'];
  if (offers.some((offer) => offer.vendor.email === null)) codes.push('vendor_not_reachable');
  if (offers.some((offer) => !isSellable(offer, line.quantity))) codes.push('quantity_not_sellable');
  return codes;
}
