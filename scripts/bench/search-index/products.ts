import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { productRow } from '#server/catalog/import/merge/products.ts';
import { csvRows } from '#server/catalog/import/csv.ts';
import type { IndexedProduct, Surroundings } from '#server/search/memory/port.ts';

/** A line of `products.jsonl.gz`. */
interface Listed {
  sku: string;
  model: string | null;
  name: string;
  vendor: string;
  category: string;
  kind: 'product' | 'service';
  price?: number | null;
  currency: string;
  stock?: number;
  tags?: string[];
  ean?: string[];
  attrs?: Record<string, string | number>;
}

interface Shop {
  surroundings: Surroundings;
  /** Returns the nth product, and copies of the first ones with other numbers, codes and prices beyond the last. */
  productAt(index: number): IndexedProduct;
}

const perEuro = 1.1;
/** Every so many products have a second vendor. */
const betweenRivals = 5;

/** Reads a catalogue of which any number of products can be made. */
export async function readShop(folder: string): Promise<Shop> {
  const lines = gunzipSync(readFileSync(join(folder, 'products.jsonl.gz')))
    .toString()
    .trim()
    .split('\n');
  const listed = lines.map((line) => JSON.parse(line) as Listed);
  const surroundings: Surroundings = {
    ...(await readTables(folder)),
    attributeValues: [],
    attributeTranslations: [],
    rates: new Map([['USD', perEuro]]),
  };
  const categories = new Map(surroundings.categories.map((category) => [category.slugPath, category]));
  const vendors = new Map(surroundings.vendors.map((vendor) => [vendor.slug, vendor]));
  const paths = new Map(surroundings.categories.map(({ id, path }) => [id, path]));
  const values = new Map<string, number>();
  const valueOf = (name: string, value: string): number => {
    const key = `${name}\n${value}`;
    const known = values.get(key);
    if (known !== undefined) return known;
    values.set(key, values.size + 1);
    surroundings.attributeValues.push({ id: values.size, name, value });
    return values.size;
  };
  const rates = new Map([['USD', String(perEuro)]]);

  function productAt(index: number): IndexedProduct {
    const copy = Math.floor(index / listed.length);
    const base = listed[index % listed.length];
    if (!base) throw new Error('the catalogue is empty');
    const numbered = (text: string) =>
      copy === 0 ? text : text.replace(/\d/g, (digit) => String((Number(digit) + copy) % 10));
    const coded = (text: string) => (copy === 0 ? text : `${numbered(text)}-${copy}`);
    const own = vendors.get(base.vendor);
    const rival = surroundings.vendors[(index * 7) % surroundings.vendors.length];
    const price = base.price == null ? null : (base.price * (1 + copy / 50)).toFixed(4);
    const offers = [own, index % betweenRivals === 0 ? rival : undefined]
      .filter((vendor) => vendor !== undefined)
      .map((vendor, at) => ({
        vendorId: vendor.id,
        vendorName: vendor.name,
        sku: at === 0 ? coded(base.sku) : `${coded(base.sku)}-${vendor.id}`,
        name: null,
        code: null,
        otherCodes: [],
        price,
        currency: base.currency,
        stock: base.stock === undefined ? null : (index + at) % 4 === 0 ? 0 : base.stock,
      }));
    const attributes = Object.entries(base.attrs ?? {}).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const categoryId = categories.get(base.category)?.id ?? 0;
    const description = {
      categoryId,
      kind: base.kind,
      name: numbered(base.name),
      code: coded(base.model ?? base.sku),
      description: '',
      tags: base.tags ?? [],
      eans: (base.ean ?? []).map(numbered),
      attributes,
      image: null,
    };
    const row = productRow(index + 1, description, offers, {
      categoryPath: (id) => paths.get(id) ?? '',
      rates,
    });
    return {
      ...row,
      sortPrice: row.sortPrice === null ? null : Number(row.sortPrice),
      attributeIds: attributes.map(([name, value]) => valueOf(name, value)),
      offers,
    };
  }
  // All values are known before the tables are given to an index.
  for (const { attrs } of listed) {
    for (const [name, value] of Object.entries(attrs ?? {})) valueOf(name, String(value));
  }
  return { surroundings, productAt };
}

/** Reads categories, with the number of each as its slug path, and vendors. */
async function readTables(folder: string): Promise<Pick<Surroundings, 'categories' | 'vendors'>> {
  const categories: Surroundings['categories'] = [];
  const byNumber = new Map<string, Surroundings['categories'][number]>();
  for await (const { row } of csvRows(join(folder, 'categories.csv'), ['id', 'parent_id', 'name', 'path'])) {
    const number = row['id'] ?? '';
    const parent = byNumber.get(row['parent_id'] ?? '');
    const id = byNumber.size + 1;
    const category = {
      id,
      parentId: parent?.id ?? null,
      level: (parent?.level ?? 0) + 1,
      name: row['name'] ?? '',
      path: row['path'] ?? '',
      slugPath: number,
      lineage: [...(parent?.lineage ?? []), id],
      names: {},
      paths: {},
      namesFolded: '',
    };
    byNumber.set(number, category);
    categories.push(category);
  }
  const vendors: Surroundings['vendors'] = [];
  for await (const { row } of csvRows(join(folder, 'vendors.csv'), ['id', 'name'])) {
    const name = row['name'] ?? '';
    vendors.push({ id: vendors.length + 1, slug: row['id'] ?? '', name, nameFolded: name.toLowerCase() });
  }
  return { categories, vendors };
}
