import type { Category } from './categories.ts';
import { inUnits, listPrice, priceBreaks } from './prices.ts';
import type { Product } from './products.ts';
import { randomOf, type Random } from './random.ts';
import type { Vendor } from './vendors.ts';

/** A record of the catalogue: one vendor's offer of one product. */
export interface OfferRecord {
  sku: string;
  model: string | null;
  /** Further numbers by which the vendor knows it. */
  otherCodes?: string[];
  name: string;
  description?: string;
  product: string;
  vendor: string;
  category: string;
  kind: 'product' | 'service';
  /** In units of the currency, with up to four decimals; null: on request. */
  price: number | null;
  currency: string;
  unit: string;
  moq: number;
  packSize?: number;
  /** [quantity from which, unit price], the first at the minimum quantity. */
  priceBreaks?: [number, number][];
  /** Absent: not known, made to order, or a service. */
  stock?: number;
  leadTimeDays: number;
  tags: string[];
  attrs: Record<string, string | number>;
  source: 'demo';
}

/** The largest difference from the usual price, per vendor and per offer. */
const VENDOR_SPREAD = 0.045;
const OFFER_SPREAD = 0.07;

/** Returns a record for each vendor of each product, in the order of the products. */
export function makeOffers(products: Product[], vendors: Vendor[], categories: Category[]): OfferRecord[] {
  const vendorOf = new Map(vendors.map((vendor) => [vendor.id, vendor]));
  const categoryIds = new Map(categories.map((category) => [category.path, category.id]));
  const skuOf = skuCounter();
  return products.flatMap((product) => {
    const category = categoryIds.get(product.family.category);
    if (!category) throw new Error(`unknown category ${product.family.category}`);
    return product.vendors.map((id) =>
      makeOffer(product, vendorOf.get(id)!, category, skuOf(vendorOf.get(id)!)),
    );
  });
}

function makeOffer(product: Product, vendor: Vendor, category: string, sku: string): OfferRecord {
  const { item, family } = product;
  const random = randomOf(`${product.key} of ${vendor.id}`);
  const spread =
    VENDOR_SPREAD * (2 * randomOf(`level of ${vendor.id}`).next() - 1) +
    OFFER_SPREAD * (2 * random.next() - 1);
  const euro = item.euro * (1 + spread);
  const quantities = sellingQuantities(item.packSize ?? 1, item.euro, family.kind, random);
  const isOnRequest = random.chance(family.onRequest ?? 0.025);
  const hasBreaks = !isOnRequest && family.kind === 'product' && random.chance(0.7);
  const breaks = hasBreaks
    ? priceBreaks(euro, vendor.currency, quantities.moq, quantities.packSize ?? 1)
    : [];
  return {
    sku,
    model: item.code || null,
    name: item.name,
    ...(product.description ? { description: product.description } : {}),
    product: product.key,
    vendor: vendor.id,
    category,
    kind: family.kind,
    price: isOnRequest ? null : inUnits(listPrice(euro, vendor.currency)),
    currency: vendor.currency,
    unit: item.unit ?? family.unit,
    ...quantities,
    ...(breaks.length > 0
      ? { priceBreaks: breaks.map(([quantity, price]): [number, number] => [quantity, inUnits(price)]) }
      : {}),
    ...availability(product, quantities.packSize ?? 1, random),
    tags: item.tags,
    attrs: item.attrs,
    source: 'demo',
  };
}

/** Returns the vendor's minimum quantity, and its pack size if it sells only whole packs. */
function sellingQuantities(
  usualPack: number,
  euro: number,
  kind: string,
  random: Random,
): { moq: number; packSize?: number } {
  if (kind === 'service') return { moq: 1 };
  if (usualPack > 1) {
    // Some vendors sell single pieces of dearer goods, some at least two packs.
    const opensPacks = usualPack < 25 && random.chance(0.35);
    if (opensPacks) return { moq: 1 };
    return { moq: usualPack * random.pick([1, 1, 1, 1, 2]), packSize: usualPack };
  }
  return { moq: euro < 15 ? random.pick([1, 1, 1, 5, 10]) : euro < 60 ? random.pick([1, 1, 1, 1, 2]) : 1 };
}

/** Returns stock, in whole packs, and lead time. Services have no stock. */
function availability(
  { item, family }: Product,
  packSize: number,
  random: Random,
): { stock?: number; leadTimeDays: number } {
  if (family.kind === 'service') return { leadTimeDays: random.pick([1, 2, 3, 5, 7, 10]) };
  if (random.chance(family.madeToOrder ?? 0.03))
    return { leadTimeDays: random.pick([10, 14, 21, 28, 35, 42]) };
  if (random.chance(0.08)) return { stock: 0, leadTimeDays: random.pick([7, 10, 14, 21, 28]) };
  const most = item.euro < 1 ? 400 : item.euro < 20 ? 300 : item.euro < 100 ? 80 : item.euro < 400 ? 24 : 6;
  return { stock: random.between(1, most) * packSize, leadTimeDays: random.pick([1, 1, 1, 2, 2, 3, 4, 5]) };
}

/** Returns a function that generates unique SKUs in each vendor's style. */
function skuCounter(): (vendor: Vendor) => string {
  const last = new Map<string, number>();
  return (vendor) => {
    const digits = vendor.skuPattern.replace(/[^#]/g, '').length;
    const random = randomOf(`order codes of ${vendor.id}`);
    const first = random.between(1, 4) * 10 ** (digits - 1) + random.between(0, 99);
    const number = last.has(vendor.id) ? last.get(vendor.id)! + 7 : first;
    last.set(vendor.id, number);
    const figures = [...String(number)];
    return vendor.skuPattern.replace(/#/g, () => figures.shift() ?? '');
  };
}
