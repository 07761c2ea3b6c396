import { fold } from '#server/platform/fold.ts';
import { type Locale, locales } from '#server/common/locales.ts';
import * as money from '#server/common/money.ts';
import type { AgentState } from '#server/presence/schema.ts';
import type { VendorRef } from '#server/platform/schema.ts';
import type {
  CategoryNode,
  CategoryRef,
  ComparedAttribute,
  Offer,
  OfferDetail,
  ProductSummary,
} from './schema.ts';

/** A stored offer. Amounts are decimal strings. */
export interface OfferRow {
  id: string;
  sku: string;
  /** What the vendor calls the product; null: as all do. */
  name: string | null;
  /** The vendor's codes of the product beside the SKU. */
  codes: string[];
  vendor: VendorRef;
  vendorCountry: string | null;
  reachable: boolean;
  price: string | null;
  currency: string;
  priceBreaks: [number, string][];
  unit: string;
  minimum: number;
  packSize: number;
  stock: number | null;
  leadTimeDays: number | null;
  freeAgents: number;
}

export interface ProductRow {
  id: string;
  code: string;
  name: string;
  kind: 'product' | 'service';
  category: CategoryRef;
  tags: string[];
  image: string | null;
  offers: OfferRow[];
}

export interface CategoryRow {
  id: number;
  parentId: number | null;
  level: number;
  name: string;
  path: string;
  slugPath: string;
  productCount: number;
}

const longestSlug = 80;

/** Returns the slug of a product's URL: "6es7-214-1ag40" for "6ES7 214-1AG40"; "-" if it would be empty. */
export function slugOf(name: string): string {
  const slug = fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-|-$/g, '');
  return slug || '-';
}

export function availabilityOf(stock: number | null): Offer['availability'] {
  if (stock === null) return 'on_request';
  return stock > 0 ? 'in_stock' : 'out_of_stock';
}

/** `canCall`: whether calling is on; else nobody counts as free. */
export function summaryWire(row: ProductRow, canCall: boolean): ProductSummary {
  return {
    id: row.id,
    slug: slugOf(row.name),
    code: row.code,
    name: row.name,
    kind: row.kind,
    category: row.category,
    tags: row.tags,
    image: row.image,
    offers: row.offers.map((offer) => ({
      ...offerWire(offer),
      freeAgents: canCall ? offer.freeAgents : 0,
    })),
  };
}

export function offerWire(row: OfferRow): Offer {
  return {
    id: row.id,
    sku: row.sku,
    vendor: row.vendor,
    reachable: row.reachable,
    price: money.fromDatabase(row.price, row.currency),
    unit: row.unit,
    minimum: row.minimum,
    packSize: row.packSize,
    availability: availabilityOf(row.stock),
    stock: row.stock,
    leadTimeDays: row.leadTimeDays,
  };
}

export function offerDetailWire(row: OfferRow, agents: AgentState[]): OfferDetail {
  return {
    ...offerWire(row),
    ownName: row.name,
    ownCodes: row.codes,
    priceBreaks: row.priceBreaks.map(([quantity, amount]) => ({
      quantity,
      price: money.money(money.parse(amount), row.currency),
    })),
    vendorCountry: row.vendorCountry,
    agents,
  };
}

/** An attribute's name as stored, and its name and value in the reader's language. */
export type KeyedAttribute = readonly [key: string, name: string, value: string];

/**
 * Aligns the attributes of several products: those of the first, then what the others have besides. By stored name,
 * because two of them may be translated alike.
 */
export function alignAttributes(products: readonly (readonly KeyedAttribute[])[]): ComparedAttribute[] {
  const tables = products.map(
    (attributes) => new Map(attributes.map((attribute) => [attribute[0], attribute])),
  );
  const keys = [...new Set(tables.flatMap((table) => [...table.keys()]))];
  return keys.map((key) => {
    const found = tables.map((table) => table.get(key));
    const values = found.map((attribute) => attribute?.[2] ?? null);
    const name = found.find((attribute) => attribute !== undefined)?.[1] ?? key;
    return { name, values, differs: new Set(values).size > 1 };
  });
}

/** Builds the tree of rows sorted by level, in the language's alphabet. Skips a row whose parent is missing. */
export function categoryTree(rows: readonly CategoryRow[], locale: Locale): CategoryNode[] {
  const nodes = new Map<number, CategoryNode>();
  const roots: CategoryNode[] = [];
  for (const row of rows) {
    const { level, name, path, slugPath, productCount } = row;
    const node = { id: String(row.id), name, level, path, slugPath, productCount, children: [] };
    nodes.set(row.id, node);
    if (row.parentId === null) roots.push(node);
    else nodes.get(row.parentId)?.children.push(node);
  }
  const { compare } = new Intl.Collator(locales[locale].tag);
  for (const list of [roots, ...[...nodes.values()].map(({ children }) => children)]) {
    list.sort((a, b) => compare(a.name, b.name));
  }
  return roots;
}
