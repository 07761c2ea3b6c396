import { type Static, Type } from 'typebox';
import { productKinds } from '#server/common/enums/catalog.ts';
import {
  Id,
  Listing,
  NumberOrNull,
  PageQuery,
  TextOrNull,
  VendorRef,
  StringEnum,
} from '#server/platform/schema.ts';
import { ConversionOrNull, CurrencyQuery, Price, PriceOrNull } from '#server/rates/schema.ts';
import { AgentState } from '#server/presence/schema.ts';

export const Availability = StringEnum(['in_stock', 'out_of_stock', 'on_request']);

/** One vendor's terms for a product. A null price is "on request". */
export const Offer = Type.Object(
  {
    id: Id,
    sku: Type.String(),
    vendor: VendorRef,
    /** False: the vendor has no e-mail address, so it is listed but can't be asked. */
    reachable: Type.Boolean(),
    price: PriceOrNull,
    unit: Type.String(),
    minimum: Type.Integer(),
    packSize: Type.Integer(),
    availability: Availability,
    stock: NumberOrNull,
    leadTimeDays: NumberOrNull,
  },
  { title: 'Offer' },
);
export type Offer = Static<typeof Offer>;

/** An offer in a list of products. `freeAgents`: the vendor's sales agents for the product who can take a call now. */
export const ListedOffer = Type.Object(
  { ...Offer.properties, freeAgents: Type.Integer() },
  { title: 'ListedOffer' },
);

export const PriceBreak = Type.Object({ quantity: Type.Integer(), price: Price });

export const CategoryRef = Type.Object(
  {
    id: Id,
    name: Type.String(),
    path: Type.String(),
    slugPath: Type.String(),
  },
  { title: 'CategoryRef' },
);
export type CategoryRef = Static<typeof CategoryRef>;

export const ProductSummary = Type.Object(
  {
    id: Id,
    slug: Type.String(),
    code: Type.String(),
    name: Type.String(),
    kind: StringEnum(productKinds),
    category: CategoryRef,
    tags: Type.Array(Type.String()),
    image: TextOrNull,
    offers: Type.Array(ListedOffer),
  },
  { title: 'ProductSummary' },
);
export type ProductSummary = Static<typeof ProductSummary>;

export const OfferDetail = Type.Object(
  {
    ...Offer.properties,
    /** What the vendor calls the product; null: as here. */
    ownName: TextOrNull,
    /** The vendor's codes of the product beside `sku` and the product's own. */
    ownCodes: Type.Array(Type.String()),
    priceBreaks: Type.Array(PriceBreak),
    vendorCountry: TextOrNull,
    /** Responsible agents, sales first. Topic `product:<id>` has updates. */
    agents: Type.Array(AgentState),
  },
  { title: 'OfferDetail' },
);
export type OfferDetail = Static<typeof OfferDetail>;

export const ProductDetail = Type.Object(
  {
    ...ProductSummary.properties,
    offers: Type.Array(OfferDetail),
    /** Whether calls can be made: false where calling is off, and while no worker lives. Topic `product:<id>` has it too. */
    calling: Type.Boolean(),
    description: Type.String(),
    attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
    eans: Type.Array(Type.String()),
    /** From the top category down to the product's own. */
    breadcrumbs: Type.Array(CategoryRef),
    related: Type.Array(ProductSummary),
    /** The currency and rates of `about`. */
    conversion: ConversionOrNull,
  },
  { title: 'ProductDetail' },
);
export type ProductDetail = Static<typeof ProductDetail>;

/** `values`: one per product, in their order; null where a product has no such attribute. */
export const ComparedAttribute = Type.Object({
  name: Type.String(),
  values: Type.Array(TextOrNull),
  differs: Type.Boolean(),
});
export type ComparedAttribute = Static<typeof ComparedAttribute>;

export const mostCompared = 4;

export const ComparisonQuery = Type.Object({
  /** 2 to 4 ids of products, separated by commas. */
  products: Type.String({ pattern: `^\\d{1,18}(,\\d{1,18}){1,${mostCompared - 1}}$` }),
  ...CurrencyQuery.properties,
});

export const ProductComparison = Type.Object(
  {
    /** In the order asked for, without unknown ones. */
    items: Type.Array(ProductSummary),
    attributes: Type.Array(ComparedAttribute),
    conversion: ConversionOrNull,
  },
  { title: 'ProductComparison' },
);
export type ProductComparison = Static<typeof ProductComparison>;

export interface CategoryNode {
  id: string;
  name: string;
  level: number;
  path: string;
  slugPath: string;
  productCount: number;
  children: CategoryNode[];
}
export const CategoryTree = Type.Object({ items: Type.Array(Type.Unsafe<CategoryNode>({ type: 'object' })) });
export type CategoryTree = Static<typeof CategoryTree>;

export const VendorSummary = Type.Object({
  ...VendorRef.properties,
  /** Such as "manufacturer" or "service provider", as in the vendor's catalogue; may be empty. */
  kind: Type.String(),
  description: Type.String(),
  country: TextOrNull,
  reachable: Type.Boolean(),
  productCount: Type.Integer(),
});
export type VendorSummary = Static<typeof VendorSummary>;

export const VendorList = Listing(VendorSummary);
export type VendorList = Static<typeof VendorList>;

/** Sales agents who can take a call now, of different vendors, each with a product that they answer for. */
export const AvailableAgents = Type.Object({
  /** The number of all who can. */
  total: Type.Integer(),
  items: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      vendor: Type.Object({ id: Id, name: Type.String(), slug: Type.String() }),
      product: Type.Object({ id: Id, name: Type.String(), slug: Type.String() }),
    }),
  ),
});
export type AvailableAgents = Static<typeof AvailableAgents>;

export const VendorQuery = Type.Object({
  sort: StringEnum(['name', 'products'], { default: 'name' }),
  ...PageQuery.properties,
});
export type VendorQuery = Static<typeof VendorQuery>;
