import { isNull, sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { productKinds } from '#server/common/enums/catalog.ts';
import { instant, money, serialId, textByBytes, transactionId } from './columns.ts';
import { vendors } from './vendors.ts';

/** The tree industry > area > category > subcategory (levels 1 to 4). */
export const categories = pgTable(
  'categories',
  {
    id: serialId(),
    parentId: bigint('parent_id', { mode: 'number' }).references((): AnyPgColumn => categories.id),
    level: smallint('level').notNull(),
    name: text('name').notNull(),
    /** Names from the root, joined by " > ". Identifies a category across imports. */
    path: text('path').notNull(),
    /** Slugs from the root, joined by "/": the page's path below /c/. */
    slugPath: text('slug_path').notNull(),
    /** Ids from the root down to this category, included. */
    lineage: bigint('lineage', { mode: 'number' }).array().notNull(),
    /** The name by language (ISO 639-1), where it differs from `name`. */
    names: jsonb('names').$type<Record<string, string>>().notNull().default({}),
    /** `path` in each language that names any of its categories. */
    paths: jsonb('paths').$type<Record<string, string>>().notNull().default({}),
    /** `names`, folded, for suggestions. */
    namesFolded: text('names_folded').notNull().default(''),
    /** The number of products in this category and below, updated by imports. */
    productCount: integer('product_count').notNull().default(0),
  },
  (t) => [
    uniqueIndex('categories_path_key').on(t.path),
    uniqueIndex('categories_slug_path_key').on(t.slugPath),
    index('categories_parent').on(t.parentId),
    index('categories_lineage').using('gin', t.lineage),
    check('categories_level', sql`${t.level} between 1 and 4 and ${t.level} = cardinality(${t.lineage})`),
  ],
);

/** A product or service in a subcategory. Vendors' terms are in `offers`. */
export const products = pgTable(
  'products',
  {
    id: serialId(),
    categoryId: bigint('category_id', { mode: 'number' })
      .notNull()
      .references(() => categories.id),
    kind: text('kind', { enum: productKinds }).notNull(),
    name: text('name').notNull(),
    code: text('code').notNull(),
    description: text('description').notNull().default(''),
    tags: text('tags').array().notNull().default([]),
    eans: text('eans').array().notNull().default([]),
    /** [[name, value], ...] in the order shown. */
    attributes: jsonb('attributes').$type<[string, string][]>().notNull().default([]),
    /** Ids of `attribute_values`, filled by imports; a trigger finds them for writers that leave them out. */
    attributeIds: integer('attribute_ids').array().notNull().default([]),
    image: text('image'),
    /** Folded name, followed by what vendors call it otherwise. */
    nameFolded: text('name_folded').notNull(),
    /** Folded names, codes, tags, vendors and category path. Search matches if this contains every word. */
    searchText: text('search_text').notNull(),
    /** Hashes of characters and pairs in `searchText`, for words too short for trigrams. */
    shortGrams: smallint('short_grams').array().notNull().default([]),
    /** The lowest price of its offers, in euro if there is a rate. For sorting only. */
    sortPrice: numeric('sort_price', { precision: 24, scale: 8 }),
    /** Whether any of its offers has stock, updated by imports. */
    inStock: boolean('in_stock').notNull().default(false),
    /** Whether anybody offers it, updated by imports. Others aren't found, but keep their page. */
    offered: boolean('offered').notNull().default(true),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (t) => [
    index('offered_products_by_category')
      .on(t.categoryId, t.nameFolded, t.id)
      .where(sql`${t.offered}`)
      .concurrently(),
    index('products_search_text').using('gin', t.searchText.op('gin_trgm_ops')),
    index('products_name_folded').using('gin', t.nameFolded.op('gin_trgm_ops')),
    index('products_short_grams').using('gin', t.shortGrams),
    index('offered_products_by_name')
      .on(t.nameFolded, t.id)
      .where(sql`${t.offered}`)
      .concurrently(),
    // For the best of very many matches, which have the shortest names.
    index('offered_products_by_length')
      .on(sql`length(${t.nameFolded})`, t.nameFolded, t.id)
      .where(sql`${t.offered}`)
      .concurrently(),
    index('offered_products_by_price')
      .on(t.sortPrice, t.id)
      .where(sql`${t.offered}`)
      .concurrently(),
    index('offered_products_by_price_desc')
      .on(t.sortPrice.desc().nullsLast(), t.id)
      .where(sql`${t.offered}`)
      .concurrently(),
    index('products_attribute_ids').using('gin', t.attributeIds).concurrently(),
    // For search indexing, which reads the next changes every minute.
    index('products_by_change').on(t.updatedAt, t.id),
  ],
);

/** The values of attributes that products have or had, but for long ones. */
export const attributeValues = pgTable(
  'attribute_values',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    value: text('value').notNull(),
  },
  (t) => [
    uniqueIndex('attribute_values_key').on(t.name, t.value),
    index('attribute_values_name').on(sql`lower(${t.name})`),
  ],
);

/** Names of attributes, and values that are words, in other languages than the catalogue's. */
export const attributeWords = pgTable(
  'attribute_words',
  {
    kind: text('kind', { enum: ['name', 'value'] }).notNull(),
    word: text('word').notNull(),
    /** ISO 639-1. */
    language: text('language').notNull(),
    translation: text('translation').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.word, t.language] })],
);

/** The words of `products.search_text` that have letters, which a trigger adds: for near misses. Words may be left over. */
export const searchWords = pgTable('search_words', { word: textByBytes('word').primaryKey() }, (t) => [
  index('search_words_reversed').on(sql`reverse(${t.word})`),
  index('search_words_trigrams').using('gin', t.word.op('gin_trgm_ops')),
]);

/** All codes of a product: its own, its offers' SKUs and own codes, its EANs; folded, with collapsed spaces. */
export const productCodes = pgTable(
  'product_codes',
  {
    productId: bigint('product_id', { mode: 'number' })
      .notNull()
      .references(() => products.id, { onDelete: 'cascade' }),
    code: text('code').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.productId, t.code] }),
    index('product_codes_code').on(t.code.op('text_pattern_ops')),
    // For codes typed with other separators, see `compactCode`.
    index('product_codes_compact')
      .on(sql`compact_code(${t.code}) text_pattern_ops`)
      .concurrently(),
  ],
);

/**
 * One vendor's terms for a product. Null price: "on request". Null stock: unknown. Includes withdrawn ones, which calls,
 * requests and solutions refer to; what is shown, found and asked reads `liveOffers`.
 */
export const offers = pgTable(
  'offers',
  {
    id: serialId(),
    productId: bigint('product_id', { mode: 'number' })
      .notNull()
      .references(() => products.id),
    vendorId: bigint('vendor_id', { mode: 'number' })
      .notNull()
      .references(() => vendors.id),
    sku: text('sku').notNull(),
    /** What the vendor calls the product, and the vendor's code of it, where they differ from the product's. */
    name: text('name'),
    code: text('code'),
    price: money('price'),
    currency: text('currency').notNull(),
    /** [[from quantity, unit price as decimal string], ...], ascending. */
    priceBreaks: jsonb('price_breaks').$type<[number, string][]>().notNull().default([]),
    unit: text('unit').notNull(),
    minimum: integer('minimum').notNull().default(1),
    packSize: integer('pack_size').notNull().default(1),
    stock: bigint('stock', { mode: 'number' }),
    leadTimeDays: integer('lead_time_days'),
    /** Since when the vendor no longer offers it. */
    withdrawnAt: instant('withdrawn_at'),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    /** Further numbers by which the vendor knows it, such as former ones. */
    otherCodes: text('other_codes').array().notNull().default([]),
  },
  (t) => [
    uniqueIndex('offers_vendor_sku_key').on(t.vendorId, t.sku),
    index('offers_product').on(t.productId),
    // For price filters: one range of each currency.
    index('live_offers_by_price')
      .on(t.currency, t.price, t.productId)
      .where(isNull(t.withdrawnAt))
      .concurrently(),
    check('offers_price', sql`${t.price} is null or ${t.price} >= 0`),
    check('offers_quantities', sql`${t.minimum} >= 1 and ${t.packSize} >= 1`),
    check('offers_stock', sql`${t.stock} is null or ${t.stock} >= 0`),
    check('offers_currency', sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);

/** The condition for offers that vendors make now. */
export const isLive = isNull(offers.withdrawnAt);

/** The offers that vendors make now. */
export const liveOffers = pgView('live_offers').as((select) => select.select().from(offers).where(isLive));

/** A row for each statement that changed what searches find, written by triggers: for those who keep what they found. */
export const catalogChanges = pgTable(
  'catalog_changes',
  {
    id: serialId(),
    at: instant('at')
      .notNull()
      .default(sql`clock_timestamp()`),
    /** The table; null: any, as processes of an earlier release wrote. */
    changed: text('changed'),
    /** Products that came, went or changed with their offers; null: any of them. */
    productIds: bigint('product_ids', { mode: 'number' }).array(),
    /** The transaction. Transactions don't end in this order, nor in that of `id`. */
    transaction: transactionId('transaction').default(sql`pg_current_xact_id()`),
    /** When this was written, all transactions before this one had ended. */
    ended: transactionId('ended').default(sql`pg_snapshot_xmin(pg_current_snapshot())`),
  },
  (t) => [index('catalog_changes_transaction').on(t.transaction).concurrently()],
);
