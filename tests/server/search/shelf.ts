import { eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { categories, offers, productCodes, products } from '#db/tables/catalog.ts';
import { vendors } from '#db/tables/vendors.ts';
import { searchFields } from '#server/catalog/indexing.ts';
import { countProductsOfVendors } from '../../world.ts';

/** A product to add, with defaults for what is left out. Vendors of the cast by slug. */
export interface Ware {
  name: string;
  code?: string;
  kind?: 'product' | 'service';
  tags?: string[];
  eans?: string[];
  categoryPath?: string;
  attributes?: [string, string][];
  offers?: {
    vendor: string;
    sku?: string;
    price?: string | null;
    currency?: string;
    stock?: number | null;
  }[];
}

const anyPath = 'Electrical > Wiring > Cable > Control cable';
let serial = 0;

/** Adds products to the catalogue and maintains its counts as the import does; returns their ids. */
export async function shelve(db: Db, wares: Ware[]): Promise<string[]> {
  const ids: string[] = [];
  const sellers = await db.select().from(vendors);
  for (const ware of wares) ids.push(await shelveOne(db, ware, sellers));
  await db.execute(sql`update products p set sort_price = (
    select min(o.price / coalesce((select rate from exchange_rates r where r.currency = o.currency), 1))
    from offers o where o.product_id = p.id)`);
  await db.execute(sql`update categories c set product_count = (
    select count(*) from products p join categories below on below.id = p.category_id
    where c.id = any (below.lineage))`);
  await countProductsOfVendors(db);
  return ids;
}

async function shelveOne(db: Db, ware: Ware, sellers: (typeof vendors.$inferSelect)[]): Promise<string> {
  const path = ware.categoryPath ?? anyPath;
  const [category] = await db.select().from(categories).where(eq(categories.path, path));
  serial += 1;
  // Letters, because a search for part of a name's number must not find codes.
  const own = [...String(serial)].map((digit) => 'klmnopqrst'.charAt(Number(digit))).join('');
  const code = ware.code ?? `ware-${own}`;
  const terms = (ware.offers ?? [{ vendor: 'brandt' }]).map((offer, index) => ({
    sku: `sku-${own}-${'abcdefghij'.charAt(index)}`,
    price: '10',
    currency: 'EUR',
    stock: 5,
    ...offer,
    seller: sellers.find((seller) => seller.slug === offer.vendor),
  }));
  const { codes, ...fields } = searchFields({
    name: ware.name,
    code,
    skus: terms.map((term) => term.sku),
    eans: ware.eans ?? [],
    tags: ware.tags ?? [],
    vendorNames: terms.map((term) => term.seller?.name ?? ''),
    categoryPath: path,
  });
  const { name, kind = 'product', tags = [], eans = [], attributes = [] } = ware;
  const inStock = terms.some((term) => (term.stock ?? 0) > 0);
  const [product] = await db
    .insert(products)
    .values({ categoryId: category?.id ?? 0, name, code, kind, tags, eans, attributes, inStock, ...fields })
    .returning({ id: products.id });
  const productId = product?.id ?? 0;
  await db.insert(productCodes).values(codes.map((found) => ({ productId, code: found })));
  if (terms.length > 0) {
    await db.insert(offers).values(
      terms.map(({ seller, sku, price, currency, stock }) => ({
        productId,
        vendorId: seller?.id ?? 0,
        sku,
        price,
        currency,
        stock,
        unit: 'piece',
      })),
    );
  }
  return String(productId);
}

/** Deletes products that `shelve` added. */
export async function clear(db: Db, ids: string[]): Promise<void> {
  const numbers = ids.map(Number);
  await db.delete(offers).where(inArray(offers.productId, numbers));
  await db.delete(products).where(inArray(products.id, numbers));
}
