import * as catalog from '#server/catalog/service.ts';
import type { Locale } from '#server/common/locales.ts';
import * as money from '#server/common/money.ts';
import type { VendorRef } from '#server/platform/schema.ts';
import * as rates from '#server/rates/service.ts';
import * as vendors from '#server/vendors/service.ts';
import {
  askedOffers,
  everyOffer,
  isLowest,
  isSellable,
  problemsOf,
  type StoredCategory,
  type StoredLine,
  type StoredOffer,
  type StoredSolution,
  type StoredVendor,
  unitPrice,
} from './rules.ts';
import type { LineOffer, Solution, SolutionLine, SplitPart } from './schema.ts';
import type { Sums } from './sums/queries.ts';

/** Returns a page of a solution as JSON, with the sums of all its lines. */
export function solutionWire(
  solution: StoredSolution,
  sums: Sums,
  lines: readonly StoredLine[],
  { today, known, locale }: { today: string; known: rates.DatedRates | null; locale: Locale },
): Solution {
  const ofPage = splitOf(lines);
  const scale: rates.Scale = { currency: sums.currency, rates: known, today };
  return {
    id: solution.id,
    name: solution.name,
    current: solution.current,
    sentAt: solution.sentAt?.toISOString() ?? null,
    updatedAt: solution.updatedAt.toISOString(),
    lines: lines.map((line) => lineWire(line, locale, scale)),
    linesTotal: sums.linesTotal,
    comparedTotal: sums.comparedTotal,
    split: sums.parts.map((part) => partWire(part, ofPage.get(part.vendor.id) ?? [])),
    totals: sums.totals.map(({ currency, low, high }) => ({
      low: money.money(money.parse(low), currency),
      high: money.money(money.parse(high), currency),
    })),
    listTotal: rates.totalOf(scale, {
      lines: sums.linesTotal,
      withoutPrice: sums.linesTotal - sums.lowest.reduce((all, part) => all + part.lines, 0),
      parts: sums.lowest.map(({ amount, converted, ...part }) => ({
        ...part,
        amount: money.parse(amount),
        converted: converted === null ? null : money.parse(converted),
      })),
    }),
    problems: lines.flatMap((line) => problemsOf(line).map((code) => ({ lineId: line.id, code }))),
    blockedTotal: sums.blockedTotal,
    removed: sums.removed.map(({ removedAt, ...line }) => ({
      ...line,
      removedAt: new Date(removedAt).toISOString(),
    })),
  };
}

function partWire(
  { vendor, subtotals, ...counts }: Sums['parts'][number],
  lines: SplitPart['lines'],
): SplitPart {
  return {
    vendor: vendorWire(vendor),
    lines,
    subtotals: subtotals.map(({ currency, amount }) => money.money(money.parse(amount), currency)),
    ...counts,
  };
}

/** Returns each vendor's part of these lines, by vendor id. */
function splitOf(lines: readonly StoredLine[]): Map<number, SplitPart['lines']> {
  const asked = lines.flatMap((line) => askedOffers(line).map((offer) => ({ line, offer })));
  const byVendor = Map.groupBy(asked, ({ offer }) => offer.vendor.id);
  return new Map(
    [...byVendor].map(([id, own]) => [
      id,
      own.map(({ line, offer }) => ({
        lineId: line.id,
        offerId: String(offer.id),
        total: totalOf(offer, line.quantity),
      })),
    ]),
  );
}

/** `scale`: to compare the currencies of a line's partners in. */
export function lineWire(
  line: StoredLine,
  locale: Locale = 'en',
  scale: rates.Scale | null = null,
): SolutionLine {
  const { product } = line;
  const totals = totalsOf([line]);
  const low = totals.map((total) => total.low);
  const about = scale && totals.length > 1 ? rates.aboutLowest(low, scale) : undefined;
  const preferred = everyOffer(product, line.quantity);
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
      category: categoryWire(product.category, locale),
    },
    quantity: line.quantity,
    options: line.options,
    note: line.note,
    offers: [...product.offers, ...line.withdrawn].map((offer) => ({
      ...offerWire(offer, line),
      preferred: preferred.includes(offer),
    })),
    totals,
    ...(about && { about }),
  };
}

function categoryWire({ id, names, paths, ...category }: StoredCategory, locale: Locale) {
  return {
    id: String(id),
    name: names[locale] ?? category.name,
    path: paths[locale] ?? category.path,
    slugPath: category.slugPath,
  };
}

function vendorWire({
  id,
  name,
  slug,
  ratingCount,
  ratingTotal,
}: Omit<StoredVendor, 'email' | 'timeZone' | 'locale'>): VendorRef {
  return { id: String(id), name, slug, rating: vendors.ratingOf({ ratingCount, ratingTotal }) };
}

function offerWire(offer: StoredOffer, line: StoredLine): Omit<LineOffer, 'preferred'> {
  const each = unitPrice(offer, line.quantity);
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
    withdrawn: line.withdrawn.includes(offer),
    unitPrice: each === null ? null : money.money(each, offer.currency),
    lineTotal: totalOf(offer, line.quantity),
    sellable: isSellable(offer, line.quantity),
    lowest: !line.withdrawn.includes(offer) && isLowest(offer, line.product.offers, line.quantity),
  };
}

/** Returns the line's total at list price, rounded once; null: "on request". */
export function totalOf(offer: StoredOffer, quantity: number): money.Money | null {
  return money.lineMoney(unitPrice(offer, quantity), quantity, offer.currency);
}

/** Returns each line's totals at the list prices of the vendors it asks. */
export const askedTotals = (lines: readonly StoredLine[]): (money.Money | null)[][] =>
  lines.map((line) => askedOffers(line).map((offer) => totalOf(offer, line.quantity)));

/** Returns sums per currency at the lowest and at the highest price among the vendors asked. */
export function totalsOf(lines: readonly StoredLine[]): { low: money.Money; high: money.Money }[] {
  return money.totalsPerCurrency(askedTotals(lines));
}
