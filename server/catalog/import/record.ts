import { isSupported } from '#server/common/money.ts';
import { type Note, type PriceReading, readPrice } from './prices.ts';
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
  /** Further numbers by which the vendor knows it, such as former ones. */
  otherCodes: string[];
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
  /** The category of records without one: the import's only category without others below it, or null. */
  onlyCategory: number | null;
}

/** Parsed JSON with numbers as their literal text. */
export type Fields = Record<string, unknown>;

// Indexed texts must fit into a B-tree page in any script.
const longest = { name: 500, code: 200, unit: 40, tag: 200 };
const largestQuantity = 1_000_000_000;

/**
 * Reads and checks a record's fields. What can't be used but doesn't spoil the offer is left out and noted. Throws RowRefused
 * with the reason.
 */
export function readRecord(fields: Fields, ids: ImportIds, reading: PriceReading, note: Note): CatalogRecord {
  const vendor = vendorOf(fields, ids);
  const categoryId = categoryOf(fields, ids);
  const currency = currencyOf(fields, vendor.currency);
  const price = priceOf(fields, currency, reading, note);
  return {
    vendorId: vendor.id,
    categoryId,
    sku: required(code(fields, 'sku'), 'sku'),
    productKey: code(fields, 'product'),
    kind: kindOf(fields),
    name: required(limited(text(fields, 'name', cleanLine), longest.name, 'name'), 'name'),
    model: code(fields, 'model'),
    otherCodes: codes(fields, 'otherCodes'),
    description: text(fields, 'description', cleanText) ?? '',
    tags: list(fields, 'tags').map((tag) => limited(cleanLine(tag), longest.tag, 'tag') ?? ''),
    eans: codes(fields, 'ean'),
    attributes: attributesOf(fields),
    image: imageOf(fields, note),
    price,
    currency,
    priceBreaks: priceBreaksOf(fields, price, currency, reading, note),
    unit: limited(text(fields, 'unit', cleanLine), longest.unit, 'unit') ?? 'piece',
    minimum: unlessZero(fields, 'moq'),
    packSize: unlessZero(fields, 'packSize'),
    stock: usable(fields, 'stock', note),
    leadTimeDays: usable(fields, 'leadTimeDays', note),
  };
}

/** Returns the offer that a refused record is about; null if that can't be read either. */
export function namedOffer(fields: Fields, ids: ImportIds): { vendorId: number; sku: string } | null {
  try {
    return { vendorId: vendorOf(fields, ids).id, sku: required(code(fields, 'sku'), 'sku') };
  } catch (error) {
    if (!(error instanceof RowRefused)) throw error;
    return null;
  }
}

/** Returns the record's vendor; the only one of the import if the record names none. */
function vendorOf(fields: Fields, { vendors }: ImportIds): { id: number; currency: string | null } {
  const slug = text(fields, 'vendor', cleanCode);
  const vendor = slug === null ? onlyOne(vendors) : vendors.get(slug);
  if (vendor) return vendor;
  throw new RowRefused(slug === null ? 'vendor is missing' : `vendor "${slug}" is not in vendors.csv`);
}

/** Returns the record's category; the only deepest one of the import if the record names none. */
function categoryOf(fields: Fields, { categories, onlyCategory }: ImportIds): number {
  const key = text(fields, 'category', cleanCode);
  const id = key === null ? onlyCategory : categories.get(key);
  if (id !== undefined && id !== null) return id;
  throw new RowRefused(key === null ? 'category is missing' : `category "${key}" is not in categories.csv`);
}

function onlyOne<T>(values: ReadonlyMap<string, T>): T | undefined {
  return values.size === 1 ? [...values.values()][0] : undefined;
}

/** Parses JSON with numbers as their literal text, so that prices stay exact. Throws RowRefused for a field named twice. */
export function parseFields(line: string): Fields {
  let parsed: unknown;
  let keys = 0;
  try {
    parsed = JSON.parse(line, function (this: unknown, key, value: unknown, context?: { source?: string }) {
      if (key !== '' && !Array.isArray(this)) keys += 1;
      return typeof value === 'number' ? context?.source : value;
    });
  } catch {
    throw new RowRefused('not valid JSON');
  }
  const twice = keys < (line.match(/"\s*:/g)?.length ?? 0) ? fieldNamedTwice(line) : undefined;
  if (twice !== undefined) throw new RowRefused(`${twice} is named twice`);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new RowRefused('not a JSON object');
  }
  return parsed as Fields;
}

/** Returns a field that the object names twice, of which JSON.parse keeps the last. */
function fieldNamedTwice(line: string): string | undefined {
  const names = new Set<string>();
  let depth = 0;
  for (const [token, name] of line.matchAll(/"((?:[^"\\]|\\.)*)"(?:\s*(:))?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth === 1 && token.endsWith(':')) {
      if (names.has(name ?? '')) return name;
      names.add(name ?? '');
    }
  }
  return undefined;
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

function codes(fields: Fields, field: string): string[] {
  return list(fields, field).map((value) => limited(cleanCode(value), longest.code, field) ?? '');
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

function imageOf(fields: Fields, note: Note): string | null {
  const address = text(fields, 'image', cleanCode);
  if (address === null) return null;
  const isWeb = /^https?:\/\//i.test(address) && URL.canParse(address) && address.length <= 2000;
  if (isWeb) return address;
  note(`image "${address.slice(0, 100)}" is not a web address: left out`);
  return null;
}

function currencyOf(fields: Fields, ofVendor: string | null): string {
  const currency = text(fields, 'currency', cleanCode)?.toUpperCase() ?? ofVendor;
  if (currency === null) throw new RowRefused('currency is missing, and the vendor has none');
  if (!isSupported(currency)) throw new RowRefused(`currency "${currency}" is not supported`);
  return currency;
}

function priceOf(fields: Fields, currency: string, reading: PriceReading, note: Note): string | null {
  const value = fields['price'];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string') throw new RowRefused('price is not a number');
  return readPrice(value, currency, reading, note);
}

/** Returns the price breaks by quantity; none, with a note, if the price or one of them can't be held. */
function priceBreaksOf(
  fields: Fields,
  price: string | null,
  currency: string,
  reading: PriceReading,
  note: Note,
): [number, string][] {
  const value = fields['priceBreaks'];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new RowRefused('priceBreaks is not a list');
  const breaks = value.map((item: unknown): [number, string | null] => {
    if (!Array.isArray(item) || item.length !== 2) throw new RowRefused('priceBreaks are not pairs');
    const [quantity, each] = item as unknown[];
    if (typeof each !== 'string') throw new RowRefused('priceBreaks without a price');
    return [wholeNumber(quantity, 'priceBreaks', 1), readPrice(each, currency, reading, () => {})];
  });
  breaks.sort(([a], [b]) => a - b);
  if (breaks.some(([quantity], index) => quantity === breaks[index - 1]?.[0])) {
    throw new RowRefused('priceBreaks name a quantity twice');
  }
  const held = breaks.flatMap(([quantity, each]): [number, string][] =>
    each === null ? [] : [[quantity, each]],
  );
  if (held.length === breaks.length && (price !== null || held.length === 0)) return held;
  note('priceBreaks are left out: without a list price, or one is 0 or finer than four decimals');
  return [];
}

function whole(fields: Fields, field: string, least: number): number | null {
  const value = fields[field];
  return value === undefined || value === null ? null : wholeNumber(value, field, least);
}

/** Returns the quantity; 1 for 0, which exports write for "no minimum". */
function unlessZero(fields: Fields, field: string): number {
  return whole(fields, field, 0) || 1;
}

/** Returns a whole number; null, with a note, for another value, such as "3-5" days or a stock below 0. */
function usable(fields: Fields, field: string, note: Note): number | null {
  try {
    return whole(fields, field, 0);
  } catch (error) {
    if (!(error instanceof RowRefused)) throw error;
    note(`${error.message}: imported as unknown`);
    return null;
  }
}

function wholeNumber(value: unknown, field: string, least: number): number {
  const digits = typeof value === 'string' ? /^(\d{1,12})(?:\.0+)?$/.exec(value.trim()) : null;
  const number = digits ? Number(digits[1]) : NaN;
  if (!(number >= least && number <= largestQuantity)) {
    throw new RowRefused(`${field} is not a whole number from ${least} to ${largestQuantity}`);
  }
  return number;
}
