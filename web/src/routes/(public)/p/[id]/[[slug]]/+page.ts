import type { PageLoad } from './$types';
import { partsFor } from './parts.ts';

/** The page is an island; see `script.ts`. */
export const csr = false;

export const load: PageLoad = async ({ data, parent }) => {
  const { call, demo, locale } = await parent();
  const loaded = { ...data, call, demo };
  const { product, search, isWish, isWishFull } = data;
  const withParts = { ...loaded, ...(await partsFor(loaded, locale)) };
  return { product, search, isWish, isWishFull, shown: withParts };
};
