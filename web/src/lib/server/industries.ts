import type { CategoryNode } from '#server/catalog/schema.ts';
import type { Api } from '#lib/api/paths.ts';

/** A first-level category, as far as header and navigation need it. */
type Named = Pick<CategoryNode, 'id' | 'name' | 'slugPath'>;
export type Industry = Named & { areas: Named[] };

/** The number of areas that the menu lists below an industry. */
const areasShown = 5;

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
      .then(({ items }) => items.map((industry) => ({ ...named(industry), areas: areasOf(industry) })))
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

const named = ({ id, name, slugPath }: CategoryNode): Named => ({ id, name, slugPath });

/** Returns an industry's areas with the most products. */
const areasOf = ({ children }: CategoryNode): Named[] =>
  children
    .filter(({ productCount }) => productCount > 0)
    .toSorted((a, b) => b.productCount - a.productCount)
    .slice(0, areasShown)
    .map(named);
