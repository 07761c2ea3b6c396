import type { CategoryNode } from '#server/catalog/schema.ts';
import type { Api } from '#lib/api/paths.ts';

/** A first-level category, as far as header and navigation need it. */
export type Industry = Pick<CategoryNode, 'id' | 'name' | 'slugPath'>;

const freshMs = 30_000;
let cached: { at: number; industries: Promise<Industry[]> } | undefined;

/**
 * Returns the first-level categories, which are on every page and the same for everyone, cached for 30 seconds.
 * Returns an empty list on failure, because a page without navigation is better than none.
 */
export function listIndustries(api: Api): Promise<Industry[]> {
  if (!cached || Date.now() - cached.at > freshMs) {
    const industries = api
      .get('/api/categories')
      .then(({ items }) => items.map(({ id, name, slugPath }) => ({ id, name, slugPath })))
      .catch((error: unknown) => {
        cached = undefined;
        console.error(
          JSON.stringify({ level: 'warn', message: 'No categories for the header', error: String(error) }),
        );
        return [];
      });
    cached = { at: Date.now(), industries };
  }
  return cached.industries;
}
