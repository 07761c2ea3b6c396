import type postgres from 'postgres';
import * as vendors from '#server/vendors/service.ts';
import type { PlannedRecord } from '../staging/queries.ts';
import {
  type Description,
  mergeRecords,
  type OfferFacts,
  type ProductRow,
  productRow,
  type Rates,
} from './products.ts';
import * as queries from './queries.ts';

/** Data for all batches of an import. */
export interface ImportContext {
  /** The vendors' names after this import, by id. */
  vendorNames: ReadonlyMap<number, string>;
  /** A category's path in all languages, by id. */
  categoryPath: (id: number) => string;
  rates: Rates;
  now: Date;
  onProductsMerged: OnProductsMerged;
}

/** Moves references to products about to be deleted to their successors (deleted id -> successor id). */
export type OnProductsMerged = (
  sql: postgres.ReservedSql,
  successors: ReadonlyMap<number, number>,
) => Promise<void>;

export interface Tally {
  created: number;
  updated: number;
  unchanged: number;
}

interface Group {
  id: number;
  isNew: boolean;
  describes: boolean;
  records: PlannedRecord[];
}

/** A computed batch, ready to be written. */
export interface PreparedBatch {
  groups: Group[];
  created: queries.NewProducts;
  existing: ProductRow[];
  offers: queries.OfferRow[];
}

/** Computes the rows of a batch of whole products. Writes nothing. */
export async function prepareBatch(
  sql: postgres.ReservedSql,
  records: readonly PlannedRecord[],
  context: ImportContext,
): Promise<PreparedBatch> {
  const groups = await groupsOf(sql, records);
  const shared = await sharedProducts(sql, groups);
  const rows = groups.map((group) => ({ group, row: rowOf(group, shared.get(group.id), context) }));
  const rowsOf = (areNew: boolean) => rows.flatMap(({ group, row }) => (group.isNew === areNew ? row : []));
  return {
    groups,
    created: queries.newProducts(rowsOf(true)),
    existing: rowsOf(false),
    offers: rows.flatMap(({ group, row }) => offerRows(group, row)),
  };
}

/** Writes the changed rows of a batch in the caller's transaction. */
export async function writeBatch(
  sql: postgres.ReservedSql,
  { groups, created, existing, offers }: PreparedBatch,
  context: ImportContext,
): Promise<Tally> {
  const changedProducts = await queries.writeProducts(sql, created, existing, context.now);
  const changedOffers = await queries.writeOffers(sql, offers, context.now);
  await cleanUpProductsThatLostOffers(sql, groups, context);
  return tally(groups, new Set(changedProducts), new Set(changedOffers));
}

/** Updates the fields of products that are derived from names and offers. Returns the number of changed products. */
export async function refreshProducts(
  sql: postgres.ReservedSql,
  productIds: readonly number[],
  context: ImportContext,
): Promise<number> {
  const products = await queries.productsWithOffers(sql, productIds);
  const rows = products.map(({ id, description, offers }) =>
    productRow(
      id,
      description,
      offers.map((offer) => withCurrentVendorName(offer, context)),
      context,
    ),
  );
  return (await queries.writeProducts(sql, queries.newProducts([]), rows, context.now)).length;
}

async function groupsOf(sql: postgres.ReservedSql, records: readonly PlannedRecord[]): Promise<Group[]> {
  const byFirstRow = [...Map.groupBy(records, (record) => record.firstRow).values()];
  const newIds = await queries.newProductIds(
    sql,
    byFirstRow.filter(([first]) => first?.productId === null).length,
  );
  return byFirstRow.map((members) => {
    const kept = members[0]?.productId ?? null;
    return {
      id: kept ?? newIds.shift() ?? 0,
      isNew: kept === null,
      describes: members[0]?.describes ?? true,
      records: members,
    };
  });
}

/** Returns the products that also have offers from other imports. */
async function sharedProducts(
  sql: postgres.ReservedSql,
  groups: readonly Group[],
): Promise<Map<number, queries.ProductWithOffers>> {
  const kept = groups.filter((group) => !group.isNew).map((group) => group.id);
  if (kept.length === 0) return new Map();
  const shared = await queries.productsSharedWithOthers(sql, kept);
  return new Map(shared.map((product) => [product.id, product]));
}

function rowOf(
  group: Group,
  shared: queries.ProductWithOffers | undefined,
  context: ImportContext,
): ProductRow {
  const merged = mergeRecords(group.records);
  const description = shared ? mergeDescriptions(merged, shared.description, group.describes) : merged;
  const own = group.records.map(({ record }): OfferFacts => ({
    ...record,
    ...ownWords(record, description),
    vendorName: context.vendorNames.get(record.vendorId) ?? '',
  }));
  const others = shared?.offers.map((offer) => withCurrentVendorName(offer, context)) ?? [];
  return productRow(group.id, description, [...own, ...others], context);
}

/** Returns the vendor's own name and code of the product, null where they are those of the product. */
function ownWords(
  { name, model, sku }: PlannedRecord['record'],
  product: Pick<Description, 'name' | 'code'>,
): Pick<OfferFacts, 'name' | 'code'> {
  return {
    name: name === product.name ? null : name,
    code: model === product.code || model === sku ? null : model,
  };
}

/** Merges descriptions, keeping the stored EANs and tags because they may be other imports'. */
function mergeDescriptions(ours: Description, existing: Description, describes: boolean): Description {
  return {
    ...(describes ? ours : existing),
    eans: [...new Set([...existing.eans, ...ours.eans])],
    tags: [...new Set([...existing.tags, ...ours.tags])],
  };
}

function withCurrentVendorName(
  offer: queries.ProductWithOffers['offers'][number],
  context: ImportContext,
): OfferFacts {
  return { ...offer, vendorName: context.vendorNames.get(offer.vendorId) ?? offer.vendorName };
}

function offerRows(group: Group, product: Pick<Description, 'name' | 'code'>): queries.OfferRow[] {
  return group.records.map(({ offerId, record }) => ({
    ...ownWords(record, product),
    id: offerId,
    productId: group.id,
    vendorId: record.vendorId,
    sku: record.sku,
    otherCodes: record.otherCodes,
    price: record.price,
    currency: record.currency,
    priceBreaks: record.priceBreaks,
    unit: record.unit,
    minimum: record.minimum,
    packSize: record.packSize,
    stock: record.stock,
    leadTimeDays: record.leadTimeDays,
  }));
}

/** Cleans up products that lost offers: deletes the empty ones, refreshes the search text of the rest. */
async function cleanUpProductsThatLostOffers(
  sql: postgres.ReservedSql,
  groups: readonly Group[],
  context: ImportContext,
): Promise<void> {
  const successors = new Map<number, number>();
  for (const { id, records } of groups) {
    for (const { fromProductId } of records) {
      if (fromProductId !== null && fromProductId !== id) successors.set(fromProductId, id);
    }
  }
  if (successors.size === 0) return;
  const left = await queries.productsWithOffers(sql, [...successors.keys()]);
  for (const { id, isEmpty } of left) if (!isEmpty) successors.delete(id);
  if (successors.size > 0) {
    await vendors.moveResponsibilities(sql, successors);
    await context.onProductsMerged(sql, successors);
    await queries.deleteProducts(sql, [...successors.keys()]);
  }
  const remaining = left.filter(({ isEmpty }) => !isEmpty).map(({ id }) => id);
  if (remaining.length > 0) await refreshProducts(sql, remaining, context);
}

function tally(
  groups: readonly Group[],
  changedProducts: ReadonlySet<number>,
  changedOffers: ReadonlySet<number>,
): Tally {
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const { id, records } of groups) {
    for (const { offerId } of records) {
      if (offerId === null) counts.created += 1;
      else if (changedOffers.has(offerId) || changedProducts.has(id)) counts.updated += 1;
      else counts.unchanged += 1;
    }
  }
  return counts;
}
