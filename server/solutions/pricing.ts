import * as catalog from '#server/catalog/service.ts';
import * as money from '#server/common/money.ts';
import type { VendorRef } from '#server/platform/schema.ts';
import * as vendors from '#server/vendors/service.ts';
import {
  askedOffers,
  isSellable,
  problemsOf,
  type StoredLine,
  type StoredOffer,
  type StoredVendor,
  unitPrice,
} from './rules.ts';
import type { LineOffer, Solution, SolutionLine, SplitPart } from './schema.ts';

export interface StoredSolution {
  id: string;
  name: string;
  current: boolean;
  sentAt: Date | null;
  updatedAt: Date;
}

type Range = { low: money.Money; high: money.Money };

/** A solution on the wire; `lines` in order, `removed` those that can still be brought back. */
export function solutionWire(solution: StoredSolution, lines: StoredLine[], removed: StoredLine[]): Solution {
  return {
    id: solution.id,
    name: solution.name,
    current: solution.current,
    sentAt: solution.sentAt?.toISOString() ?? null,
    updatedAt: solution.updatedAt.toISOString(),
    lines: lines.map(lineWire),
    split: splitOf(lines),
    totals: totalsOf(lines),
    problems: lines.flatMap((line) => problemsOf(line).map((code) => ({ lineId: line.id, code }))),
    removed: removed.map((line) => ({
      lineId: line.id,
      name: line.product.name,
      removedAt: (line.removedAt ?? solution.updatedAt).toISOString(),
    })),
  };
}

export function lineWire(line: StoredLine): SolutionLine {
  const { product } = line;
  return {
    id: line.id,
    position: line.position,
    product: {
      id: String(product.id),
      slug: catalog.slugOf(product.name),
      code: product.code,
      name: product.name,
      kind: product.kind,
      image: product.image,
      category: { ...product.category, id: String(product.category.id) },
    },
    quantity: line.quantity,
    options: line.options,
    note: line.note,
    offers: product.offers.map((offer) => offerWire(offer, line)),
    totals: lineTotals(line),
  };
}

function vendorWire({ id, name, slug, ratingCount, ratingTotal }: StoredVendor): VendorRef {
  return { id: String(id), name, slug, rating: vendors.ratingOf({ ratingCount, ratingTotal }) };
}

function offerWire(offer: StoredOffer, line: StoredLine): LineOffer {
  const each = unitPrice(offer, line.quantity);
  const total = totalOf(offer, line.quantity);
  return {
    id: String(offer.id),
    sku: offer.sku,
    vendor: vendorWire(offer.vendor),
    reachable: offer.vendor.email !== null,
    price: money.fromDatabase(offer.price, offer.currency),
    unit: offer.unit,
    minimum: offer.minimum,
    packSize: offer.packSize,
    availability: catalog.availabilityOf(offer.stock),
    stock: offer.stock,
    leadTimeDays: offer.leadTimeDays,
    asked: line.asked.includes(offer.id),
    unitPrice: each === null ? null : money.money(each, offer.currency),
    lineTotal: total === null ? null : money.money(total, offer.currency),
    sellable: isSellable(offer, line.quantity),
    lowest: isLowest(offer, line),
  };
}

/** Cheaper than another, and no other cheaper, among the line's offers in its currency. */
function isLowest(offer: StoredOffer, line: StoredLine): boolean {
  const own = unitPrice(offer, line.quantity);
  if (own === null) return false;
  const others = line.product.offers
    .filter((other) => other !== offer && other.currency === offer.currency)
    .map((other) => unitPrice(other, line.quantity))
    .filter((price) => price !== null);
  return others.some((price) => price > own) && others.every((price) => price >= own);
}

/** Rounded once, to the currency's minor unit; null is "on request". */
export function totalOf(offer: StoredOffer, quantity: number): bigint | null {
  const each = unitPrice(offer, quantity);
  return each === null ? null : money.lineTotal(each, quantity, offer.currency);
}

/** The lowest and highest total among the vendors asked, per currency. */
export function lineTotals(line: StoredLine): Range[] {
  return ranges([line]);
}

/** Every line at its lowest, and at its highest, per currency; what is "on request" is not in it. */
export function totalsOf(lines: readonly StoredLine[]): Range[] {
  return ranges(lines);
}

function ranges(lines: readonly StoredLine[]): Range[] {
  const sums = new Map<string, { low: bigint; high: bigint }>();
  for (const line of lines) {
    for (const [currency, totals] of totalsByCurrency(line)) {
      const sum = sums.get(currency) ?? { low: 0n, high: 0n };
      sum.low += totals.reduce((low, total) => (total < low ? total : low));
      sum.high += totals.reduce((high, total) => (total > high ? total : high));
      sums.set(currency, sum);
    }
  }
  return [...sums].map(([currency, { low, high }]) => ({
    low: money.money(low, currency),
    high: money.money(high, currency),
  }));
}

function totalsByCurrency(line: StoredLine): Map<string, bigint[]> {
  const byCurrency = new Map<string, bigint[]>();
  for (const offer of askedOffers(line)) {
    const total = totalOf(offer, line.quantity);
    if (total !== null) byCurrency.set(offer.currency, [...(byCurrency.get(offer.currency) ?? []), total]);
  }
  return byCurrency;
}

/** What each vendor will get to see, vendors in the order in which the lines name them. */
export function splitOf(lines: readonly StoredLine[]): SplitPart[] {
  const parts = new Map<number, SplitPart & { sums: Map<string, bigint> }>();
  for (const line of lines) {
    for (const offer of askedOffers(line)) {
      const { vendor } = offer;
      const part = parts.get(vendor.id) ?? {
        vendor: vendorWire(vendor),
        lines: [],
        subtotals: [],
        onRequest: 0,
        sums: new Map<string, bigint>(),
      };
      const total = totalOf(offer, line.quantity);
      if (total === null) part.onRequest += 1;
      else part.sums.set(offer.currency, (part.sums.get(offer.currency) ?? 0n) + total);
      part.lines.push({
        lineId: line.id,
        offerId: String(offer.id),
        total: total === null ? null : money.money(total, offer.currency),
      });
      parts.set(vendor.id, part);
    }
  }
  return [...parts.values()].map(({ sums, ...part }) => ({
    ...part,
    subtotals: [...sums].map(([currency, sum]) => money.money(sum, currency)),
  }));
}
