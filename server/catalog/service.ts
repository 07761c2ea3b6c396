import type { Db } from '#db/client.ts';
import { rowId } from '#server/common/ids.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import * as presence from '#server/presence/service.ts';
import * as rates from '#server/rates/service.ts';
import * as vendors from '#server/vendors/service.ts';
import * as queries from './queries.ts';
import { alignAttributes, offerDetailWire, type ProductRow, slugOf, summaryWire } from './rules.ts';
import type {
  AvailableAgents,
  Offer,
  ProductComparison,
  ProductDetail,
  ProductSummary,
  VendorList,
  VendorQuery,
  VendorSummary,
} from './schema.ts';

export { attributeWord, breadcrumbsJson, categoryJson, categoryName } from './queries.ts';
export { availabilityOf, slugOf } from './rules.ts';

export {
  isImportRunning,
  unlessImporting,
  CatalogUnreadable,
  checkCatalog,
  importCatalog,
  type RefusedRow,
} from './import/service.ts';

const relatedShown = 6;

/** Returns products with their offers, in the order of the ids, without unknown ones; categories in a language. */
export async function summaries(
  { db, telephony }: Pick<Context, 'db' | 'telephony'>,
  ids: readonly string[],
  locale: Locale,
): Promise<ProductSummary[]> {
  const rows = await queries.summaries(db, ids, locale);
  return rows.map((row) => summaryWire(withRatings(row), telephony !== null));
}

/** Returns a product in a language, with its agents' current status. Refuses `not_found` for unknown and malformed ids. */
export async function product(
  { db, clock, telephony }: Pick<Context, 'db' | 'clock' | 'telephony'>,
  id: string,
  { locale, currency }: { locale: Locale; currency?: string | undefined },
): Promise<ProductDetail> {
  const stored = rowId(id) === null ? null : await queries.detail(db, id, locale);
  if (!stored) throw refuse('not_found');
  const row = withRatings(stored);
  const offerIds = row.offers.map((offer) => Number(offer.id));
  const [scale, agents, related, calling] = await Promise.all([
    rates.scaleIn({ db, clock }, currency),
    presence.agentsOf(db, offerIds, clock.now()),
    queries.findRelated(db, { id, limit: relatedShown, locale }),
    presence.canCall({ db, telephony }),
  ]);
  return {
    ...summaryWire(row, telephony !== null),
    calling,
    offers: row.offers
      .map((offer) => offerDetailWire(offer, agents.get(Number(offer.id)) ?? []))
      .map((offer) => ({
        ...inCurrency(offer, scale),
        priceBreaks: offer.priceBreaks.map(({ quantity, price }) => ({
          quantity,
          price: rates.withAbout(price, scale) ?? price,
        })),
      })),
    description: row.description,
    attributes: row.attributes.map(([name, value]) => ({ name, value })),
    eans: row.eans,
    breadcrumbs: row.breadcrumbs,
    related: related.map((other) => pricedIn(summaryWire(withRatings(other), telephony !== null), scale)),
    conversion: rates.conversionOf(scale),
  };
}

/** Returns products side by side, in a language. Unknown ones are left out. */
export async function compare(
  { db, clock, telephony }: Pick<Context, 'db' | 'clock' | 'telephony'>,
  ids: readonly string[],
  { locale, currency }: { locale: Locale; currency?: string | undefined },
): Promise<ProductComparison> {
  const known = [...new Set(ids)].filter((id) => rowId(id) !== null);
  const [scale, rows] = await Promise.all([
    rates.scaleIn({ db, clock }, currency),
    queries.comparedProducts(db, known, locale),
  ]);
  return {
    items: rows.map((row) => pricedIn(summaryWire(withRatings(row), telephony !== null), scale)),
    attributes: alignAttributes(rows.map(({ attributes }) => attributes)),
    conversion: rates.conversionOf(scale),
  };
}

/** Returns a product with what its prices are in the scale's currency. */
export function pricedIn<Summary extends ProductSummary>(
  summary: Summary,
  scale: rates.Scale | null,
): Summary {
  return { ...summary, offers: summary.offers.map((offer) => inCurrency(offer, scale)) };
}

const inCurrency = <O extends Offer>(offer: O, scale: rates.Scale | null): O => ({
  ...offer,
  price: rates.withAbout(offer.price, scale),
});

/** Returns a page of vendors, by name or number of products. */
export async function listVendors(db: Db, { page, perPage, sort }: VendorQuery): Promise<VendorList> {
  const part = { offset: (page - 1) * perPage, limit: perPage, byProducts: sort === 'products' };
  const { total, rows } = await queries.vendorPage(db, part);
  return { items: rows.map(vendorWire), total, page, perPage };
}

const agentsShown = 3;

/** Returns some of the sales agents who can take a call now; none while no calls can be made. */
export async function availableAgents({
  db,
  telephony,
}: Pick<Context, 'db' | 'telephony'>): Promise<AvailableAgents> {
  if (!(await presence.canCall({ db, telephony }))) return { total: 0, items: [] };
  const { total, rows } = await queries.availableAgents(db, agentsShown);
  const items = rows.map(({ product, ...row }) => ({
    ...row,
    product: { ...product, slug: slugOf(product.name) },
  }));
  return { total, items };
}

/** Returns a vendor by id or slug. Refuses `not_found`. */
export async function vendor(db: Db, idOrSlug: string): Promise<VendorSummary> {
  const row = idOrSlug.includes('\0') ? null : await queries.vendor(db, idOrSlug);
  if (!row) throw refuse('not_found');
  return vendorWire(row);
}

function vendorWire({ ratingCount, ratingTotal, ...row }: queries.VendorRow): VendorSummary {
  return { ...row, rating: vendors.ratingOf({ ratingCount, ratingTotal }) };
}

/** Replaces the vendors' rating totals by their ratings. */
function withRatings<Row extends ProductRow>(row: queries.Stored<Row>) {
  const offers = row.offers.map(({ vendor: { ratingCount, ratingTotal, ...vendor }, ...offer }) => ({
    ...offer,
    vendor: { ...vendor, rating: vendors.ratingOf({ ratingCount, ratingTotal }) },
  }));
  return { ...row, offers };
}
