import { sameKey, type StoredFacets } from '../attributes/rules.ts';
import { membersOf } from './bits.ts';
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
    const counts = countValues(catalogue, membersOf(filtering.passing(`attribute_${index}`)));
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

function countValues({ documents, tables }: Catalogue, slots: Int32Array): Int32Array {
  const counts = new Int32Array(tables.attributes.length);
  const { attributes } = documents;
  for (const slot of slots) {
    const chunk = attributes.chunkOf(slot);
    const from = attributes.fromOf(slot);
    const end = from + attributes.lengthOf(slot);
    for (let at = from; at < end; at += 1) {
      const id = chunk[at] ?? 0;
      if (id < counts.length) counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  return counts;
}

/** Returns the attributes with several values that enough of the products have, the most common first. */
function offered(
  catalogue: Catalogue,
  slots: Int32Array,
  chosen: ReadonlySet<string>,
): { name: string; values: ValueCount[] }[] {
  const { tables } = catalogue;
  const byName = new Map<string, ValueCount[]>();
  for (const [id, count] of countValues(catalogue, slots).entries()) {
    const known = count > 0 ? tables.attributes[id] : undefined;
    if (!known || chosen.has(sameKey(known.name))) continue;
    const values = byName.get(known.name) ?? [];
    values.push({ id, value: known.value, count });
    byName.set(known.name, values);
  }
  const fewest = offeredShare * slots.length;
  const common = [...byName].filter(([, values]) => values.length > 1 && sumOf(values) >= fewest);
  const products = countProducts(
    catalogue,
    slots,
    common.map(([, values]) => values),
  );
  return common
    .map(([name, values], index) => ({
      name,
      values,
      products: products[index] ?? 0,
      first: Math.min(...values.map(({ id }) => id)),
    }))
    .filter((attribute) => attribute.products >= fewest)
    .toSorted((a, b) => b.products - a.products || a.first - b.first)
    .slice(0, mostAttributes);
}

const sumOf = (values: readonly ValueCount[]): number => values.reduce((sum, { count }) => sum + count, 0);

/** Returns for each attribute the number of products that have any of its values: some have several. */
function countProducts(
  { documents, tables }: Catalogue,
  slots: Int32Array,
  attributes: readonly (readonly ValueCount[])[],
): Int32Array {
  const attributeOf = new Int32Array(tables.attributes.length).fill(-1);
  for (const [index, values] of attributes.entries()) for (const { id } of values) attributeOf[id] = index;
  const products = new Int32Array(attributes.length);
  const last = new Int32Array(attributes.length).fill(-1);
  const lists = documents.attributes;
  for (const slot of slots) {
    const chunk = lists.chunkOf(slot);
    const from = lists.fromOf(slot);
    const end = from + lists.lengthOf(slot);
    for (let at = from; at < end; at += 1) {
      const index = attributeOf[chunk[at] ?? 0] ?? -1;
      if (index < 0 || last[index] === slot) continue;
      last[index] = slot;
      products[index] = (products[index] ?? 0) + 1;
    }
  }
  return products;
}
