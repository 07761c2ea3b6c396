import type { PageLoad } from './$types';

/** Loads the parts that few solutions need. */
export const load: PageLoad = async ({ data }) => {
  const { solution, perPage } = data;
  const [pagination, removed] = await Promise.all([
    solution && solution.linesTotal > perPage ? import('#lib/ui/Pagination.svelte') : null,
    solution && solution.removed.length > 0 ? import('./Removed.svelte') : null,
  ]);
  return { ...data, Pagination: pagination?.default ?? null, Removed: removed?.default ?? null };
};
