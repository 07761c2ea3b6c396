import { randomUUID } from 'node:crypto';
import { withoutAction } from '#lib/catalog/actionPath.ts';
import { addLine, linesWith } from '#lib/catalog/listing.server.ts';
import type { Actions, PageServerLoad } from './$types';

const most = 4;

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  const ticked = [...new Set(url.searchParams.getAll('product').filter((id) => /^\d{1,18}$/.test(id)))];
  const ids = ticked.slice(0, most);
  const query = { products: ids.join(',') };
  const comparison =
    ids.length < 2 ? null : await locals.api.get('/api/product-comparisons', { params: { query } });
  const known = comparison?.items.map(({ id }) => id) ?? [];
  const inSolution = await linesWith(locals.api, cookies, known);
  const search = `?${withoutAction(url.search)}`;
  return { comparison, isCut: ticked.length > most, inSolution, addKey: randomUUID(), search };
};

export const actions: Actions = { add: addLine };
