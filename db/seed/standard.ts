/**
 * Brings the offers of one standard part together, such as a bearing 6205-2RS that vendors describe in their own
 * languages: the standard names the product; a vendor's own name, code and number stay with the vendor's offer.
 */
import type { OfferRecord } from './offers.ts';
import { FAMILIES, keyOf, type Product } from './products.ts';
import { randomOf } from './random.ts';

/** Returns the products, those of a standard part as the standard says, and then the standard parts that are missing. */
export function asStandards(products: readonly Product[]): Product[] {
  const known = new Map(products.map((product) => [product.key, product]));
  const local = products.filter(({ item }) => item.standard !== undefined);
  const missing = [...Map.groupBy(local, keyOfStandard)].flatMap(([key, members]): Product[] => {
    const standard = known.get(key) ?? { ...standardOf(members[0]!), vendors: [] };
    const local = members.flatMap(({ vendors }) => vendors);
    // A vendor with words of its own can't name the product for all.
    if (standard.vendors.some((vendor) => !local.includes(vendor))) return [];
    const others = standard.family.vendors.filter((vendor) => !local.includes(vendor));
    return [{ ...standard, vendors: [randomOf(`vendor of ${key}`).pick(others)] }];
  });
  const replaced = products.map((product): Product => {
    if (product.item.standard === undefined) return product;
    const { item, ...standard } = known.get(keyOfStandard(product)) ?? standardOf(product);
    return {
      ...standard,
      item: { ...product.item, attrs: item.attrs, euro: item.euro },
      vendors: product.vendors,
    };
  });
  return [...replaced, ...missing];
}

/** Returns the key that a product has after its standard part. */
export const keyOfStandard = (product: Product): string =>
  product.item.standard === undefined ? product.key : standardOf(product).key;

/** Returns the standard part of a product, whether or not the catalogue holds it. */
function standardOf({ item: { standard = '' } }: Product): Omit<Product, 'vendors'> {
  for (const family of FAMILIES) {
    const item = family.items.find((each) => each.code === standard && each.standard === undefined);
    if (item) return { key: keyOf(family, item), item, family, description: item.description };
  }
  throw new Error(`no family has the standard part ${standard}`);
}

/** Sorts the records by product, those in the standard's words first; of each vendor there is one. */
export function broughtTogether(
  records: readonly OfferRecord[],
  products: readonly Product[],
): OfferRecord[] {
  const names = new Map(
    products.filter(({ item }) => item.standard === undefined).map(({ key, item }) => [key, item.name]),
  );
  return [...Map.groupBy(records, ({ product }) => product)].flatMap(([product, group]) => {
    const isLocal = ({ name }: OfferRecord) => name !== names.get(product);
    return [...Map.groupBy(group, ({ vendor }) => vendor).values()]
      .map((own) => oneOf(own))
      .sort((a, b) => Number(isLocal(a)) - Number(isLocal(b)));
  });
}

/** Returns a vendor's record of a part. Of two, the first has the words of the second, and its number beside its own. */
function oneOf([first, second]: OfferRecord[]): OfferRecord {
  if (!second) return first!;
  const { name, model, sku } = second;
  return { ...first!, name, model, otherCodes: [sku], tags: [...new Set([...first!.tags, ...second.tags])] };
}
