import { type Static, Type } from 'typebox';
import { CategoryRef, ProductSummary } from '#server/catalog/schema.ts';
import { productKinds, sortOrders } from '#server/common/enums/catalog.ts';
import { ConversionOrNull } from '#server/rates/schema.ts';
import { Id, Listing, PageQuery, StringEnum } from '#server/platform/schema.ts';

/** In UTF-16 code units. */
export const maxQueryLength = 2_000;

const decimalPattern = '^[0-9]{1,12}(\\.[0-9]{1,4})?$';

/** An attribute's name begins with `attr.`; its values are those of the facet. */
const attributeParameters = {
  '^attr\\.': Type.Union([
    Type.String({ maxLength: 200 }),
    Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 }),
  ]),
  '^attr\\..+\\.(min|max)$': Type.String({ pattern: '^-?[0-9]{1,12}(\\.[0-9]{1,9})?$' }),
};

export const SearchQuery = Type.Object(
  {
    q: Type.String({ maxLength: maxQueryLength, default: '' }),
    /** A category's id or slug path. Includes all categories below. */
    category: Type.Optional(Type.String({ maxLength: 1000 })),
    /** A vendor's id or slug, repeatable: any of them. */
    vendor: Type.Optional(
      Type.Union([
        Type.String({ maxLength: 200 }),
        Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 }),
      ]),
    ),
    kind: Type.Optional(StringEnum(productKinds)),
    inStock: Type.Optional(Type.Boolean()),
    /**
     * Limits of an offer's price in `currency` (else the visitor's, else euro) at the reference rates. Prices are sorted
     * in it, and come with what they are in it as `about`.
     */
    priceMin: Type.Optional(Type.String({ pattern: decimalPattern })),
    priceMax: Type.Optional(Type.String({ pattern: decimalPattern })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    'attr.<key>': Type.Optional(
      Type.Array(Type.String(), {
        description:
          'For each attribute to filter by, with its key in place of `<key>`, as in `attr.Thread=M8&attr.Thread=M10`: ' +
          'products with any of these values. Several attributes must all fit. Keys and values are those of ' +
          '`facets.attributes`.',
      }),
    ),
    'attr.<key>.min': Type.Optional(
      Type.String({
        description:
          'The least number of an attribute, as in `attr.Sensing range.min=4&attr.Sensing range.max=12`. With values of ' +
          'the same attribute, both must fit.',
      }),
    ),
    'attr.<key>.max': Type.Optional(Type.String({ description: 'The greatest number of an attribute.' })),
    'attr.<key>.unit': Type.Optional(
      Type.String({
        description:
          'The unit of `min` and `max`, as `mm`; units that measure the same are converted. Without it: the one that most ' +
          'values of the attribute have.',
      }),
    ),
    sort: StringEnum(sortOrders, { default: 'relevance' }),
    ...PageQuery.properties,
  },
  { patternProperties: attributeParameters, maxProperties: 60 },
);
export type SearchQuery = Static<typeof SearchQuery>;

const FacetValue = { name: Type.String(), count: Type.Integer() };

/** Counts are the sizes of the result if that value is chosen too, instead of the facet's current choice. */
export const Facets = Type.Object(
  {
    /** The top categories, each level down to the chosen category's children, and below if one contains everything. */
    categories: Type.Array(
      Type.Object({ id: Id, slugPath: Type.String(), level: Type.Integer(), ...FacetValue }),
    ),
    vendors: Type.Array(Type.Object({ id: Id, slug: Type.String(), ...FacetValue })),
    kinds: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer() })),
    inStock: Type.Integer(),
    /** Prices as listed, by currency. */
    currencies: Type.Array(
      Type.Object({ currency: Type.String(), count: Type.Integer(), min: Type.String(), max: Type.String() }),
    ),
    /**
     * Attributes that a good part of the result has, with their values in a natural order. `key` and `value`: for
     * `attr.<key>=<value>`, the same in every language; `name` is in the reader's language, of a value only where it differs. `range`: of the numbers of an attribute that is numeric; null for others.
     */
    attributes: Type.Array(
      Type.Object({
        key: Type.String(),
        name: Type.String(),
        values: Type.Array(
          Type.Object({ value: Type.String(), name: Type.Optional(Type.String()), count: Type.Integer() }),
        ),
        range: Type.Union([
          Type.Object({ unit: Type.String(), min: Type.Number(), max: Type.Number() }),
          Type.Null(),
        ]),
      }),
    ),
    /** Whether some counts are minimums, because counting stopped at the cap. */
    isFloor: Type.Boolean(),
  },
  { title: 'Facets' },
);
export type Facets = Static<typeof Facets>;

const TextRanges = Type.Array(Type.Object({ from: Type.Integer(), to: Type.Integer() }));

/** `marks`: the parts of name and code that match, in UTF-16 code units. */
export const SearchHit = Type.Object({
  ...ProductSummary.properties,
  marks: Type.Object({ name: TextRanges, code: TextRanges }),
});
export type SearchHit = Static<typeof SearchHit>;

export const SearchResult = Type.Object({
  ...Listing(SearchHit).properties,
  /** Whether total and facet counts are minimums, because counting stopped at the cap. */
  totalIsFloor: Type.Boolean(),
  /** True: no product contains every word, and the items are near misses. */
  near: Type.Boolean(),
  /** The currency and rates of `about` and of the price filter; null: prices are as listed. */
  conversion: ConversionOrNull,
  facets: Facets,
  /** The chosen category, with its path from the top. */
  category: Type.Union([
    Type.Object({ ...CategoryRef.properties, breadcrumbs: Type.Array(CategoryRef) }),
    Type.Null(),
  ]),
});
export type SearchResult = Static<typeof SearchResult>;

export const Suggestions = Type.Object({
  /** Those whose code begins with the text first (`byCode`), then products of different families. */
  products: Type.Array(
    Type.Object({
      id: Id,
      slug: Type.String(),
      code: Type.String(),
      name: Type.String(),
      byCode: Type.Boolean(),
      marks: Type.Object({ name: TextRanges, code: TextRanges }),
    }),
  ),
  categories: Type.Array(
    Type.Object({ ...CategoryRef.properties, productCount: Type.Integer(), marks: TextRanges }),
  ),
  tags: Type.Array(Type.Object({ tag: Type.String(), marks: TextRanges })),
  vendors: Type.Array(Type.Object({ id: Id, name: Type.String(), slug: Type.String(), marks: TextRanges })),
});
export type Suggestions = Static<typeof Suggestions>;

export const SuggestionQuery = Type.Object({ q: Type.String({ maxLength: maxQueryLength, default: '' }) });
