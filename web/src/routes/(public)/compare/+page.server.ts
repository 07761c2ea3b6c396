import { randomUUID } from 'node:crypto';
import type { Api } from '#lib/api/paths.ts';
import { withoutAction } from '#lib/catalog/actionPath.ts';
import { addLine, linesWith } from '#lib/catalog/listing.server.ts';
import type { Actions, PageServerLoad } from './$types';

const most = 4;

/** Returns the products that an address names: `product=1&product=2`, as forms send it, or `products=1,2`. */
function idsIn({ searchParams }: URL): string[] {
  const named = [
    ...searchParams.getAll('product'),
    ...searchParams.getAll('products').flatMap((ids) => ids.split(',')),
  ];
  return [...new Set(named.map((id) => id.trim()).filter((id) => /^\d{1,18}$/.test(id)))];
}

const compare = (api: Api, ids: readonly string[]) =>
  api.get('/api/product-comparisons', { params: { query: { products: ids.join(',') } } });

/** Returns comparisons of the products that share a category, and the others. */
async function compareByCategory(api: Api, ids: readonly string[]) {
  if (ids.length < 2) return { comparisons: [], alone: [] };
  const all = await compare(api, ids);
  const groups = [...Map.groupBy(all.items, ({ category }) => category.id).values()];
  const alone = groups.filter((group) => group.length === 1).flat();
  const shared = groups.filter((group) => group.length > 1);
  const comparisons =
    groups.length === 1 && shared.length === 1
      ? [all]
      : await Promise.all(
          shared.map((group) =>
            compare(
              api,
              group.map(({ id }) => id),
            ),
          ),
        );
  return { comparisons, alone };
}

export const load: PageServerLoad = async ({ locals, url, cookies }) => {
  const ticked = idsIn(url);
  const { comparisons, alone } = await compareByCategory(locals.api, ticked.slice(0, most));
  const known = comparisons.flatMap(({ items }) => items.map(({ id }) => id));
  const inSolution = await linesWith(locals.api, cookies, known);
  const search = `?${withoutAction(url.search)}`;
  return { comparisons, alone, isCut: ticked.length > most, inSolution, addKey: randomUUID(), search };
};

export const actions: Actions = { add: addLine };
