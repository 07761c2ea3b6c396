import type postgres from 'postgres';
import * as vendors from '#server/vendors/service.ts';
import type { PlannedRecord } from '../staging/queries.ts';
import {
  type Description,
  describe,
  type OfferFacts,
  type ProductRow,
  productRow,
  type Rates,
} from './products.ts';
import * as queries from './queries.ts';

/** What every batch of an import needs to know. */
export interface Known {
  /** Names as they are after this import, by vendor. */
  vendorNames: ReadonlyMap<number, string>;
  categoryPath: (id: number) => string;
  rates: Rates;
  now: Date;
  onProductsMerged: OnProductsMerged;
}

/**
 * Moves what other features hold of products that are about to be deleted to their successors (deleted id ->
 * successor), in the import's transaction.
 */
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
  created: ProductRow[];
  standing: ProductRow[];
}

/** Computes what to write for a batch of whole products. Changes nothing. */
export async function prepareBatch(
  sql: postgres.ReservedSql,
  records: readonly PlannedRecord[],
  known: Known,
): Promise<PreparedBatch> {
  const groups = await groupsOf(sql, records);
  const shared = await sharedProducts(sql, groups);
  const row = (group: Group) => rowOf(group, shared.get(group.id), known);
  return {
    groups,
    created: groups.filter((group) => group.isNew).map(row),
    standing: groups.filter((group) => !group.isNew).map(row),
  };
}

/** Writes a batch in the caller's transaction, touching only what differs. */
export async function writeBatch(
  sql: postgres.ReservedSql,
  { groups, created, standing }: PreparedBatch,
  known: Known,
): Promise<Tally> {
  const changedProducts = await queries.writeProducts(sql, created, standing, known.now);
  const changedOffers = await queries.writeOffers(sql, groups.flatMap(offerRows), known.now);
  await cleanUpProductsThatLostOffers(sql, groups, known);
  return tally(groups, new Set(changedProducts), new Set(changedOffers));
}

/** Rewrites what is derived from names and offers of these products, where it differs. */
export async function refreshProducts(
  sql: postgres.ReservedSql,
  productIds: readonly number[],
  known: Known,
): Promise<number> {
  const products = await queries.standingProducts(sql, productIds);
  const rows = products.map(({ id, description, offers }) =>
    productRow(
      id,
      description,
      offers.map((offer) => named(offer, known)),
      known.rates,
    ),
  );
  return (await queries.writeProducts(sql, [], rows, known.now)).length;
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

/** Returns the products that have offers from other imports. */
async function sharedProducts(
  sql: postgres.ReservedSql,
  groups: readonly Group[],
): Promise<Map<number, queries.StandingProduct>> {
  const kept = groups.filter((group) => !group.isNew).map((group) => group.id);
  if (kept.length === 0) return new Map();
  const shared = await queries.productsSharedWithOthers(sql, kept);
  return new Map(shared.map((product) => [product.id, product]));
}

function rowOf(group: Group, shared: queries.StandingProduct | undefined, known: Known): ProductRow {
  const own = group.records.map(({ record }): OfferFacts => ({
    ...record,
    vendorName: known.vendorNames.get(record.vendorId) ?? '',
  }));
  const others = shared?.offers.map((offer) => named(offer, known)) ?? [];
  const description = describe(group.records, known.categoryPath);
  return productRow(
    group.id,
    shared ? joined(description, shared.description, group.describes) : description,
    [...own, ...others],
    known.rates,
  );
}

/** Offers of other imports keep the product's EANs and tags. */
function joined(ours: Description, standing: Description, describes: boolean): Description {
  return {
    ...(describes ? ours : standing),
    eans: [...new Set([...standing.eans, ...ours.eans])],
    tags: [...new Set([...standing.tags, ...ours.tags])],
  };
}

function named(offer: queries.StandingProduct['offers'][number], known: Known): OfferFacts {
  return { ...offer, vendorName: known.vendorNames.get(offer.vendorId) ?? offer.vendorName };
}

function offerRows(group: Group): queries.OfferRow[] {
  return group.records.map(({ offerId, record }) => ({
    id: offerId,
    productId: group.id,
    vendorId: record.vendorId,
    sku: record.sku,
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
  known: Known,
): Promise<void> {
  const successors = new Map<number, number>();
  for (const { id, records } of groups) {
    for (const { fromProductId } of records) {
      if (fromProductId !== null && fromProductId !== id) successors.set(fromProductId, id);
    }
  }
  if (successors.size === 0) return;
  const left = await queries.standingProducts(sql, [...successors.keys()]);
  for (const { id, offers } of left) if (offers.length > 0) successors.delete(id);
  if (successors.size > 0) {
    await vendors.moveResponsibilities(sql, successors);
    await known.onProductsMerged(sql, successors);
    await queries.deleteProducts(sql, [...successors.keys()]);
  }
  const remaining = left.filter(({ offers }) => offers.length > 0).map(({ id }) => id);
  if (remaining.length > 0) await refreshProducts(sql, remaining, known);
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
