import { madeOnce } from '#server/common/made-once.ts';
import { type Locale, locales } from '#server/common/locales.ts';
import type { Facets } from '../schema.ts';
import { commonUnit, inUnit, type Measure, readMeasure } from './measures.ts';

/** A filter by an attribute: any of these values, or a range, which also narrows the values. */
export interface AttributeFilter {
  /** The attribute's name, in any case. */
  key: string;
  values: string[];
  min: string | undefined;
  max: string | undefined;
  /** Of `min` and `max`; undefined: the attribute's most common one. */
  unit: string | undefined;
  /** The allowed values' ids, once they are looked up. */
  ids?: number[];
}

/** A stored value of an attribute. */
export interface KnownValue {
  id: number;
  name: string;
  value: string;
}

/** An attribute's values with counts, as PostgreSQL returns them: first the attributes that are filtered by. */
export interface StoredFacets extends Omit<Facets, 'attributes'> {
  attributes: { key: string; name: string; value: string; valueName: string; count: number }[];
}

type Query = Readonly<Record<string, unknown>>;

/** A numeric attribute has at least this many different numbers. */
const fewestNumbers = 3;
/** The share of an attribute's values that must be numbers of one unit. */
const numericShare = 0.8;

export const sameKey = (key: string): string => key.toLowerCase();

/** Returns the filters `attr.<key>`, `attr.<key>.min`, `.max` and `.unit` of a query. */
export function attributesIn(query: Query): AttributeFilter[] {
  const found = new Map<string, AttributeFilter>();
  for (const [name, given] of Object.entries(query)) {
    const [, key = '', part] = /^attr\.(.+?)(?:\.(min|max|unit))?$/su.exec(name) ?? [];
    const values = (Array.isArray(given) ? given : [given])
      .map((value) => clean(String(value)))
      .filter(Boolean);
    if (!clean(key) || values.length === 0) continue;
    const id = sameKey(clean(key));
    const filter = found.get(id) ?? {
      key: clean(key),
      values: [],
      min: undefined,
      max: undefined,
      unit: undefined,
    };
    found.set(id, filter);
    if (part === 'min' || part === 'max' || part === 'unit') filter[part] = values[0];
    else filter.values.push(...values);
  }
  return [...found.values()].filter(
    ({ values, min, max }) => values.length > 0 || min !== undefined || max !== undefined,
  );
}

const clean = (text: string): string => text.replaceAll('\u0000', '').trim();

/** Returns the filters with the ids of the values that they allow, and the unit of their range. */
export function resolveAttributes(
  filters: readonly AttributeFilter[],
  known: readonly KnownValue[],
): AttributeFilter[] {
  return filters.map((filter) => {
    const own = known.filter(({ name }) => sameKey(name) === sameKey(filter.key));
    const unit =
      filter.unit ?? commonUnit(own.map(({ value }) => readMeasure(value)).filter((read) => read !== null));
    const wanted = new Set(filter.values.map((value) => value.toLowerCase()));
    const ids = own
      .filter(({ value }) => wanted.size === 0 || wanted.has(value.toLowerCase()))
      .filter(({ value }) => isWithin(value, filter, unit))
      .map(({ id }) => id);
    return { ...filter, unit, ids };
  });
}

function isWithin(value: string, { min, max }: AttributeFilter, unit: string | undefined): boolean {
  if (min === undefined && max === undefined) return true;
  const measure = readMeasure(value);
  const size = measure && unit !== undefined ? inUnit(measure, unit) : null;
  return (
    size !== null && (min === undefined || size >= Number(min)) && (max === undefined || size <= Number(max))
  );
}

/** Returns the facets with the values grouped by attribute, in a natural order, with the range of numbers. */
export function fromStored(
  stored: StoredFacets,
  filters: readonly AttributeFilter[],
  locale: Locale,
): Facets {
  const groups = Map.groupBy(stored.attributes, ({ key }) => sameKey(key));
  const byNature = naturalOrder(locale);
  const attributes = [...groups].map(([id, rows]) => {
    const filter = filters.find(({ key }) => sameKey(key) === id);
    const read = rows.map((row) => ({ ...row, measure: readMeasure(row.value) })).sort(byNature);
    const values = read.map(({ value, valueName, count }) => ({
      value,
      ...(valueName === value ? {} : { name: valueName }),
      count,
    }));
    return {
      key: rows[0]?.key ?? '',
      name: rows[0]?.name ?? '',
      values,
      range: rangeOf(read, filter?.unit),
    };
  });
  return { ...stored, attributes };
}

interface Read {
  valueName: string;
  measure: Measure | null;
}

/** Returns an order by size where both values are measures, else by name in the language's alphabet. */
const naturalOrder = madeOnce((locale: Locale) => {
  const { compare } = new Intl.Collator(locales[locale].tag, { numeric: true });
  return ({ valueName: a, measure: one }: Read, { valueName: b, measure: other }: Read): number => {
    const size = one && other ? inUnit(one, other.unit) : null;
    if (size !== null && other) return size - other.size || compare(a, b);
    return compare(a, b);
  };
});

function rangeOf(
  values: readonly Read[],
  chosenUnit: string | undefined,
): Facets['attributes'][number]['range'] {
  const measures = values.map(({ measure }) => measure).filter((measure) => measure !== null);
  const unit = chosenUnit ?? commonUnit(measures);
  if (unit === undefined) return null;
  const sizes = measures.map((measure: Measure) => inUnit(measure, unit)).filter((size) => size !== null);
  const isNumeric = chosenUnit !== undefined || new Set(sizes).size >= fewestNumbers;
  if (!isNumeric || sizes.length === 0 || sizes.length < numericShare * values.length) return null;
  return { unit, min: Math.min(...sizes), max: Math.max(...sizes) };
}
