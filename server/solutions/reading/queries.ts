import { and, asc, eq, exists, gt, inArray, isNull, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { builtOnce, type Given } from '#db/built.ts';
import { type Db, planOnce } from '#db/client.ts';
import { categories, isLive, offers, products } from '#db/tables/catalog.ts';
import { solutionLineOffers, solutionLines, solutions } from '#db/tables/solutions.ts';
import { vendors } from '#db/tables/vendors.ts';
import { isUuid } from '#server/common/ids.ts';
import { newestRateOf } from '#server/rates/service.ts';
import type { StoredLine, StoredOffer, StoredProduct, StoredSolution } from '../rules.ts';

export const solutionColumns = {
  id: solutions.id,
  name: solutions.name,
  current: solutions.current,
  sentAt: solutions.sentAt,
  updatedAt: solutions.updatedAt,
};
const productColumns = {
  id: products.id,
  code: products.code,
  name: products.name,
  kind: products.kind,
  image: products.image,
};
const categoryColumns = {
  id: categories.id,
  name: categories.name,
  path: categories.path,
  slugPath: categories.slugPath,
  names: categories.names,
  paths: categories.paths,
};
const offerColumns = {
  id: offers.id,
  sku: offers.sku,
  codes: sql<string[]>`array_remove(array_prepend(${offers.code}, ${offers.otherCodes}), null)`,
  price: offers.price,
  currency: offers.currency,
  priceBreaks: offers.priceBreaks,
  unit: offers.unit,
  minimum: offers.minimum,
  packSize: offers.packSize,
  stock: offers.stock,
  leadTimeDays: offers.leadTimeDays,
  rate: newestRateOf(offers.currency),
};
const vendorColumns = {
  id: vendors.id,
  slug: vendors.slug,
  name: vendors.name,
  email: vendors.email,
  timeZone: vendors.timeZone,
  locale: vendors.locale,
  ratingCount: vendors.ratingCount,
  ratingTotal: vendors.ratingTotal,
};

/** Returns products by id, with the current terms of all their vendors. */
export async function findProducts(db: Db, ids: readonly number[]): Promise<Map<number, StoredProduct>> {
  const [only] = ids;
  const rows =
    only !== undefined && ids.length === 1
      ? await productOf(db, { id: only })
      : await productsOf(db, { ids: arrayOf(ids) });
  const found = new Map<number, StoredProduct>();
  for (const row of rows) {
    const product = found.get(row.product.id) ?? { ...row.product, category: row.category, offers: [] };
    if (row.offer && row.vendor) product.offers.push({ ...row.offer, vendor: row.vendor });
    found.set(product.id, product);
  }
  return found;
}

const productsOf = builtOnce((db, { ids }: Given<{ ids: string }>) =>
  selectProducts(db, sql`${products.id} = any(${ids}::bigint[])`),
);

/** PostgreSQL would plan a list of one each time: it takes a list of any length for longer. */
const productOf = builtOnce((db, { id }: Given<{ id: number }>) =>
  selectProducts(db, sql`${products.id} = ${id}`),
);

const selectProducts = (db: Db, isWanted: SQL) =>
  db
    .select({
      product: productColumns,
      category: categoryColumns,
      offer: offerColumns,
      vendor: vendorColumns,
    })
    .from(products)
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .leftJoin(offers, and(eq(offers.productId, products.id), isLive))
    .leftJoin(vendors, eq(vendors.id, offers.vendorId))
    .where(isWanted)
    .orderBy(asc(vendors.nameFolded), asc(offers.id));

/** Which lines of a solution to read; default: all that aren't removed. */
export interface LineSelection {
  lineId?: string;
  /** Includes lines removed after this time. */
  removedSince?: Date;
  /** Only a page of the lines. */
  part?: { offset: number; limit: number };
}

/** Returns a solution's lines in order, with the current terms of all vendors of their products. */
export async function findLines(
  db: Db,
  solutionId: string,
  { lineId, removedSince, part }: LineSelection = {},
): Promise<StoredLine[]> {
  if (lineId !== undefined && !isUuid(lineId)) return [];
  const isSelected = and(
    eq(solutionLines.solutionId, solutionId),
    sql`true ${planOnce}`,
    removedSince ? or(isNotRemoved, gt(solutionLines.removedAt, removedSince)) : isNotRemoved,
    lineId === undefined ? undefined : eq(solutionLines.id, lineId),
  );
  const { lineId: askedBy, offerId: asked } = solutionLineOffers;
  const rows = await selectLines(db)
    .leftJoin(offers, and(eq(offers.productId, products.id), or(isLive, isHeld(db))))
    .leftJoin(vendors, eq(vendors.id, offers.vendorId))
    .leftJoin(solutionLineOffers, and(eq(askedBy, solutionLines.id), eq(asked, offers.id)))
    .where(part ? inArray(solutionLines.id, pageOfIds(db, isSelected, part)) : isSelected)
    .orderBy(...inOrder);
  return linesOf(rows);
}

/** Returns a solution's lines in order, with the current terms of the vendors asked. */
export async function findAskedLines(db: Db, solutionId: string): Promise<StoredLine[]> {
  return linesOf(await selectAsked(db, eq(solutionLines.solutionId, solutionId)));
}

/**
 * Returns the solution for which a condition holds with its lines, as `findAskedLines`; null if it has none. `vendorId`:
 * only the lines that ask that vendor, and only its terms.
 */
export async function findWithAskedLines(
  db: Db,
  isSolution: SQL | undefined,
  vendorId: number | undefined,
): Promise<{ solution: StoredSolution; lines: StoredLine[] } | null> {
  const isAsked = vendorId === undefined ? undefined : eq(offers.vendorId, vendorId);
  const rows = await selectAsked(db, and(isSolution, isAsked));
  return rows[0] ? { solution: rows[0].solution, lines: linesOf(rows) } : null;
}

function selectAsked(db: Db, isSelected: SQL | undefined) {
  const { lineId: askedBy, offerId: asked } = solutionLineOffers;
  return db
    .select({ ...lineColumns, solution: solutionColumns })
    .from(solutionLines)
    .innerJoin(products, eq(products.id, solutionLines.productId))
    .innerJoin(categories, eq(categories.id, products.categoryId))
    .innerJoin(solutions, eq(solutions.id, solutionLines.solutionId))
    .leftJoin(solutionLineOffers, eq(askedBy, solutionLines.id))
    .leftJoin(offers, and(eq(offers.id, asked), eq(offers.productId, products.id)))
    .leftJoin(vendors, eq(vendors.id, offers.vendorId))
    .where(and(isSelected, isNotRemoved))
    .orderBy(...inOrder);
}

/** Returns the condition that a line asks the offer: withdrawn ones are read only then. */
const isHeld = (db: Db): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(alias(solutionLineOffers, 'held'))
      .where(sql`held.line_id = ${solutionLines.id} and held.offer_id = ${offers.id}`),
  );

const isNotRemoved = isNull(solutionLines.removedAt);
const inOrder = [
  asc(solutionLines.position),
  asc(solutionLines.id),
  asc(vendors.nameFolded),
  asc(offers.id),
] as const;

const lineColumns = {
  line: {
    id: solutionLines.id,
    position: solutionLines.position,
    quantity: solutionLines.quantity,
    options: solutionLines.options,
    note: solutionLines.note,
    removedAt: solutionLines.removedAt,
  },
  product: productColumns,
  category: categoryColumns,
  offer: offerColumns,
  withdrawnAt: offers.withdrawnAt,
  vendor: vendorColumns,
  asked: solutionLineOffers.offerId,
};

const selectLines = (db: Db) =>
  db
    .select(lineColumns)
    .from(solutionLines)
    .innerJoin(products, eq(products.id, solutionLines.productId))
    .innerJoin(categories, eq(categories.id, products.categoryId));

interface LineRow {
  line: Omit<StoredLine, 'product' | 'asked' | 'withdrawn'>;
  product: Omit<StoredProduct, 'category' | 'offers'>;
  category: StoredProduct['category'];
  offer: Omit<StoredOffer, 'vendor'> | null;
  withdrawnAt: Date | null;
  vendor: StoredOffer['vendor'] | null;
  asked: number | null;
}

/** Groups rows, one per line and offer, into lines. */
function linesOf(rows: readonly LineRow[]): StoredLine[] {
  const lines = new Map<string, StoredLine>();
  for (const row of rows) {
    const line = lines.get(row.line.id) ?? {
      ...row.line,
      product: { ...row.product, category: row.category, offers: [] as StoredOffer[] },
      ...{ asked: [], withdrawn: [] as StoredOffer[] },
    };
    const offers = row.withdrawnAt === null ? line.product.offers : line.withdrawn;
    if (row.offer && row.vendor) offers.push({ ...row.offer, vendor: row.vendor });
    if (row.asked !== null) line.asked.push(row.asked);
    lines.set(line.id, line);
  }
  return [...lines.values()];
}

function pageOfIds(
  db: Db,
  isSelected: SQL | undefined,
  { offset, limit }: { offset: number; limit: number },
) {
  return db
    .select({ id: solutionLines.id })
    .from(solutionLines)
    .where(isSelected)
    .orderBy(asc(solutionLines.position), asc(solutionLines.id))
    .limit(limit)
    .offset(offset);
}

/** Returns `column = any(...)` with a single parameter for all ids. */
export function anyOf(column: SQLWrapper, ids: readonly number[]): SQL {
  return sql`${column} = any(${arrayOf(ids)}::bigint[])`;
}

/** Returns ids in PostgreSQL's array syntax. */
const arrayOf = (ids: readonly number[]) => `{${ids.join(',')}}`;
