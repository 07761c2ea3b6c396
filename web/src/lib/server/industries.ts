import type { CategoryNode } from '#server/catalog/schema.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Api } from '#lib/api/paths.ts';
import { keptByLocale } from './kept.ts';

/** A first-level category, as far as header and navigation need it. */
type Named = Pick<CategoryNode, 'id' | 'name' | 'slugPath'>;
export type Industry = Named & { areas: Named[] };

/** The number of areas that the menu lists below an industry. */
const areasShown = 5;

const kept = keptByLocale<Industry[]>();

/**
 * Returns the first-level categories, which are on every page, kept for 30 seconds for each language.
 * Returns an empty list on failure, because a page without navigation is better than none.
 */
export const listIndustries = (api: Api, locale: Locale): Promise<Industry[]> =>
  kept(locale, () => askForIndustries(api)).catch(() => []);

async function askForIndustries(api: Api): Promise<Industry[]> {
  try {
    const { items } = await api.get('/api/categories');
    return items.map((industry) => ({ ...named(industry), areas: areasOf(industry) }));
  } catch (error) {
    console.error(
      JSON.stringify({ level: 'warn', message: 'No categories for the header', error: String(error) }),
    );
    throw error;
  }
}

const named = ({ id, name, slugPath }: CategoryNode): Named => ({ id, name, slugPath });

/** Returns an industry's areas with the most products. */
const areasOf = ({ children }: CategoryNode): Named[] =>
  children
    .filter(({ productCount }) => productCount > 0)
    .toSorted((a, b) => b.productCount - a.productCount)
    .slice(0, areasShown)
    .map(named);
