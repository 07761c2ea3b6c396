import { type Static, Type } from 'typebox';
import { ProductSummary } from '#server/catalog/schema.ts';
import { Id, Instant, Listing, PageQuery } from '#server/platform/schema.ts';

export const mostWishes = 500;

export const Wish = Type.Object({ product: ProductSummary, addedAt: Instant }, { title: 'Wish' });
export type Wish = Static<typeof Wish>;

export const WishList = Listing(Wish);
export type WishList = Static<typeof WishList>;

export const WishParams = Type.Object({ productId: Id });

export const WishQuery = Type.Object({
  ...PageQuery.properties,
  product: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
});
