import { sameKey, type StoredFacets } from '../attributes/rules.ts';
import { has, membersOf } from './bits.ts';
import type { Catalogue } from './catalogue.ts';
import { compareTexts } from './codes.ts';
import type { Counted } from './facets.ts';

/** The share of the result that must have an attribute, for it to be offered. */
const offeredShare = 0.3;
const mostAttributes = 8;
const mostValues = 100;

interface ValueCount {
  id: number;
  value: string;
  count: number;
}

/**
 * Returns values that differ among a good part of the result, and the alternatives to those filtered by. Without a category
 * nothing is counted beyond the cap.
 */
export function attributeFacet(
  { catalogue, filtering, filters, wanted }: Counted,
  members: Int32Array,
): StoredFacets['attributes'] {
  const { tables } = catalogue;
  const rows: { name: string; value: string; count: number; place: number }[] = [];
  const chosen = new Set(filters.attributes.map(({ key }) => sameKey(key)));
  if (filters.category !== undefined || members.length <= wanted.cap) {
    for (const [place, { name, values }] of offered(catalogue, members, chosen).entries()) {
      rows.push(...best(values).map(({ value, count }) => ({ name, value, count, place: place + 1 })));
    }
  }
  for (const [index, { key }] of filters.attributes.entries()) {
    const { counts } = countValues(catalogue, membersOf(filtering.passing(`attribute_${index}`)));
    const own = tables
      .valuesOf(key)
      .map(({ id, name, value }) => ({ id, name, value, count: counts[id] ?? 0 }));
    const place = index - filters.attributes.length;
    rows.push(...best(own.filter(({ count }) => count > 0)).map((row) => ({ ...row, place })));
  }
  return rows
    .toSorted((a, b) => a.place - b.place || compareTexts(a.name, b.name) || b.count - a.count)
    .map(({ name, value, count }) => ({
      key: name,
      name: tables.translated('name', name, wanted.locale),
      value,
      valueName: tables.translated('value', value, wanted.locale),
      count,
    }));
}

const best = <V extends ValueCount>(values: V[]): V[] =>
  values.toSorted((a, b) => b.count - a.count || compareTexts(a.value, b.value)).slice(0, mostValues);

interface Counts {
  /** By the id of the value. */
  counts: Int32Array;
  /** The ids of values that occur. */
  found: number[];
}

/** Counts products by the values that they have. */
function countValues({ documents, tables }: Catalogue, slots: Int32Array): Counts {
  const counts = new Int32Array(tables.attributes.length);
  const found: number[] = [];
  const { attributes } = documents;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] ?? 0;
    const chunk = attributes.chunkOf(slot);
    const from = attributes.fromOf(slot);
    const end = from + attributes.lengthOf(slot);
    for (let at = from; at < end; at += 1) {
      const id = chunk[at] ?? 0;
      if (id >= counts.length) continue;
      if (counts[id] === 0) found.push(id);
      counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  return { counts, found };
}

interface Offered {
  name: string;
  values: ValueCount[];
  products: number;
  first: number;
}

/** Returns the attributes with several values that enough of the products have, the most common first. */
function offered(catalogue: Catalogue, slots: Int32Array, chosen: ReadonlySet<string>): Offered[] {
  const { attributes, attributeNames, nameOfAttribute } = catalogue.tables;
  const { counts, found } = countValues(catalogue, slots);
  const fewest = offeredShare * slots.length;
  const sums = new Int32Array(attributeNames.length);
  const different = new Int32Array(attributeNames.length);
  for (const id of found) {
    const name = nameOfAttribute[id] ?? 0;
    sums[name] = (sums[name] ?? 0) + (counts[id] ?? 0);
    different[name] = (different[name] ?? 0) + 1;
  }
  const common = new Map<number, Offered>();
  for (const [index, name] of attributeNames.entries()) {
    const isCommon = (different[index] ?? 0) > 1 && (sums[index] ?? 0) >= fewest;
    if (isCommon && !chosen.has(sameKey(name))) {
      common.set(index, { name, values: [], products: 0, first: Infinity });
    }
  }
  for (const id of found) {
    const attribute = common.get(nameOfAttribute[id] ?? 0);
    const known = attribute && attributes[id];
    if (!known) continue;
    attribute.values.push({ id, value: known.value, count: counts[id] ?? 0 });
    attribute.first = Math.min(attribute.first, id);
  }
  const products = countProducts(catalogue, slots, sums);
  for (const [index, attribute] of common) attribute.products = products[index] ?? 0;
  return [...common.values()]
    .filter(({ products }) => products >= fewest)
    .toSorted((a, b) => b.products - a.products || a.first - b.first)
    .slice(0, mostAttributes);
}

/** Returns how many products have any value of each attribute, by how often its values occur: some products have several. */
function countProducts({ documents, tables }: Catalogue, slots: Int32Array, sums: Int32Array): Int32Array {
  const { nameOfAttribute } = tables;
  const products = sums.slice();
  const last = new Int32Array(sums.length).fill(-1);
  const { attributes: lists, hasRepeated } = documents;
  for (let index = 0; index < slots.length; index += 1) {
    const slot = slots[index] ?? 0;
    if (!has(hasRepeated, slot)) continue;
    const chunk = lists.chunkOf(slot);
    const from = lists.fromOf(slot);
    const end = from + lists.lengthOf(slot);
    for (let at = from; at < end; at += 1) {
      const name = nameOfAttribute[chunk[at] ?? 0] ?? 0;
      if (last[name] === slot) products[name] = (products[name] ?? 0) - 1;
      last[name] = slot;
    }
  }
  return products;
}
