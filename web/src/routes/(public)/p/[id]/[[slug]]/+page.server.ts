import type { ProductDetail } from '#server/catalog/schema.ts';
import { redirect } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import { addLine, linesWith } from '#lib/catalog/listing.server.ts';
import { productPath } from '#lib/catalog/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url, cookies }) => {
  const product = await api(fetch).get<ProductDetail>(`/api/products/${encodeURIComponent(params.id)}`);
  // The id finds the page; a product that was renamed keeps its old addresses.
  if (params.slug !== product.slug) redirect(308, productPath(product) + url.search);
  const shown = [product.id, ...product.related.map(({ id }) => id)];
  return { product, inSolution: await linesWith(fetch, cookies, shown) };
};

export const actions: Actions = { add: addLine };
