import { isSupported } from '#server/common/money.ts';
import { exactAmount } from './decimal.ts';
import { RowRefused } from './refusal.ts';
import { cleanCode, cleanLine, cleanText } from './text.ts';

/** A cleaned line of products.jsonl: a vendor's offer with its product's description. */
export interface CatalogRecord {
  vendorId: number;
  categoryId: number;
  sku: string;
  /** Groups the records of one product. Valid inside one import only. */
  productKey: string | null;
  kind: 'product' | 'service';
  name: string;
  model: string | null;
  description: string;
  tags: string[];
  eans: string[];
  attributes: [string, string][];
  image: string | null;
  /** A decimal string; null: "on request". */
  price: string | null;
  currency: string;
  priceBreaks: [number, string][];
  unit: string;
  minimum: number;
  packSize: number;
  stock: number | null;
  leadTimeDays: number | null;
}

/** Stored ids by this import's ids. */
export interface ImportIds {
  vendors: ReadonlyMap<string, { id: number; currency: string | null }>;
  categories: ReadonlyMap<string, number>;
}

/** Parsed JSON with numbers as their literal text. */
type Fields = Record<string, unknown>;

// Indexed texts must fit into a B-tree page in any script.
const longest = { name: 500, code: 200, unit: 40, tag: 200 };
const largestQuantity = 1_000_000_000;

/** Parses and checks a line. Throws RowRefused with the reason. */
export function readRecord(line: string, ids: ImportIds): CatalogRecord {
  const fields = parseFields(line);
  const vendorSlug = required(text(fields, 'vendor', cleanCode), 'vendor');
  const vendor = ids.vendors.get(vendorSlug);
  if (!vendor) throw new RowRefused(`vendor "${vendorSlug}" is not in vendors.csv`);
  const categoryKey = required(text(fields, 'category', cleanCode), 'category');
  const categoryId = ids.categories.get(categoryKey);
  if (categoryId === undefined) throw new RowRefused(`category "${categoryKey}" is not in categories.csv`);
  const price = amount(fields['price'], 'price');
  return {
    vendorId: vendor.id,
    categoryId,
    sku: required(code(fields, 'sku'), 'sku'),
    productKey: code(fields, 'product'),
    kind: kindOf(fields),
    name: required(limited(text(fields, 'name', cleanLine), longest.name, 'name'), 'name'),
    model: code(fields, 'model'),
    description: text(fields, 'description', cleanText) ?? '',
    tags: list(fields, 'tags').map((tag) => limited(cleanLine(tag), longest.tag, 'tag') ?? ''),
    eans: list(fields, 'ean').map((ean) => limited(cleanCode(ean), longest.code, 'ean') ?? ''),
    attributes: attributesOf(fields),
    image: imageOf(fields),
    price,
    currency: currencyOf(fields, vendor.currency),
    priceBreaks: priceBreaksOf(fields, price),
    unit: limited(text(fields, 'unit', cleanLine), longest.unit, 'unit') ?? 'piece',
    minimum: whole(fields, 'moq', 1) ?? 1,
    packSize: whole(fields, 'packSize', 1) ?? 1,
    stock: whole(fields, 'stock', 0),
    leadTimeDays: whole(fields, 'leadTimeDays', 0),
  };
}

/** Parses JSON with numbers as their literal text, so that prices stay exact. */
function parseFields(line: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? context?.source : value,
    );
  } catch {
    throw new RowRefused('not valid JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new RowRefused('not a JSON object');
  }
  return parsed as Fields;
}

function text(fields: Fields, field: string, clean: (text: string) => string): string | null {
  const value = fields[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new RowRefused(`${field} is not a text`);
  return clean(value) || null;
}

function code(fields: Fields, field: string): string | null {
  return limited(text(fields, field, cleanCode), longest.code, field);
}

function required(value: string | null, field: string): string {
  if (value === null) throw new RowRefused(`${field} is missing`);
  return value;
}

function limited(value: string | null, most: number, field: string): string | null {
  if (value !== null && value.length > most)
    throw new RowRefused(`${field} is longer than ${most} characters`);
  return value;
}

/** Returns a list of strings, without empty and repeated ones. A single string counts as a list. */
function list(fields: Fields, field: string): string[] {
  const value = fields[field];
  if (value === undefined || value === null) return [];
  const items: unknown[] = Array.isArray(value) ? value : [value];
  if (!items.every((item) => typeof item === 'string'))
    throw new RowRefused(`${field} is not a list of texts`);
  return [...new Set(items.map((item) => item.trim()))].filter(Boolean);
}

function kindOf(fields: Fields): 'product' | 'service' {
  const kind = text(fields, 'kind', cleanLine) ?? 'product';
  if (kind !== 'product' && kind !== 'service') throw new RowRefused(`kind "${kind}" is not known`);
  return kind;
}

function attributesOf(fields: Fields): [string, string][] {
  const value = fields['attrs'];
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object' || Array.isArray(value)) throw new RowRefused('attrs is not an object');
  return Object.entries(value)
    .filter(([, content]) => content !== null)
    .map(([name, content]): [string, string] => {
      if (typeof content === 'object') throw new RowRefused(`attrs "${name}" is not a plain value`);
      return [cleanLine(name), cleanLine(String(content))];
    })
    .filter(([name, content]) => name && content);
}

function imageOf(fields: Fields): string | null {
  const address = text(fields, 'image', cleanCode);
  if (address === null) return null;
  const isWeb = /^https?:\/\//i.test(address) && URL.canParse(address) && address.length <= 2000;
  if (!isWeb) throw new RowRefused('image is not a web address');
  return address;
}

function currencyOf(fields: Fields, ofVendor: string | null): string {
  const currency = text(fields, 'currency', cleanCode) ?? ofVendor;
  if (currency === null) throw new RowRefused('currency is missing, and the vendor has none');
  if (!isSupported(currency)) throw new RowRefused(`currency "${currency}" is not supported`);
  return currency;
}

function amount(value: unknown, field: string): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new RowRefused(`${field} is not a number`);
  return exactAmount(value, field);
}

function priceBreaksOf(fields: Fields, price: string | null): [number, string][] {
  const value = fields['priceBreaks'];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new RowRefused('priceBreaks is not a list');
  if (value.length > 0 && price === null) throw new RowRefused('priceBreaks without a price');
  const breaks = value.map((item: unknown): [number, string] => {
    if (!Array.isArray(item) || item.length !== 2) throw new RowRefused('priceBreaks are not pairs');
    const at = amount(item[1], 'priceBreaks');
    if (at === null) throw new RowRefused('priceBreaks without a price');
    return [wholeNumber(item[0], 'priceBreaks', 1), at];
  });
  breaks.sort(([a], [b]) => a - b);
  if (breaks.some(([quantity], index) => quantity === breaks[index - 1]?.[0])) {
    throw new RowRefused('priceBreaks name a quantity twice');
  }
  return breaks;
}

function whole(fields: Fields, field: string, least: number): number | null {
  const value = fields[field];
  return value === undefined || value === null ? null : wholeNumber(value, field, least);
}

function wholeNumber(value: unknown, field: string, least: number): number {
  const digits = typeof value === 'string' ? /^(\d{1,12})(?:\.0+)?$/.exec(value.trim()) : null;
  const number = digits ? Number(digits[1]) : NaN;
  if (!(number >= least && number <= largestQuantity)) {
    throw new RowRefused(`${field} is not a whole number from ${least} to ${largestQuantity}`);
  }
  return number;
}
