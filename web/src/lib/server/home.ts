import type { Locale } from '#server/common/locales.ts';
import type { Api } from '#lib/api/paths.ts';
import type { AvailableAgents, VendorList } from '#lib/api/types.ts';
import { type Example, exampleOf, searchesFor } from './examples.ts';
import { keptByLocale } from './kept.ts';

const areasShown = 6;
const partnersShown = 8;
/** The number of industries that examples are taken from. */
const industriesAsked = 5;

type Home = {
  industries: {
    id: string;
    name: string;
    path: string;
    slugPath: string;
    productCount: number;
    areas: { id: string; name: string; slugPath: string; productCount: number }[];
  }[];
  productCount: number;
  partners: VendorList['items'];
  partnerCount: number;
  /** Who can be called now. */
  agents: AvailableAgents;
  /** Searches that find something, and a solution that is split, of products in the catalogue. */
  searches: string[];
  example: Example | null;
};

const kept = keptByLocale<Home>();

/**
 * Returns the home page's part of the catalogue. It depends on nothing but the language, so it is kept for 30 seconds.
 */
export const loadHome = (api: Api, locale: Locale): Promise<Home> => kept(locale, () => askForHome(api));

async function askForHome(api: Api): Promise<Home> {
  const [tree, vendors, agents] = await Promise.all([
    api.get('/api/categories'),
    api.get('/api/vendors', { params: { query: { sort: 'products', perPage: partnersShown } } }),
    api.get('/api/agents/available').catch(() => ({ total: 0, items: [] })),
  ]);
  const sold = tree.items.filter((industry) => industry.productCount > 0);
  const ofIndustries = await Promise.all(
    sold
      .toSorted((a, b) => b.productCount - a.productCount)
      .slice(0, industriesAsked)
      .map(({ slugPath }) =>
        api.get('/api/products', { params: { query: { category: slugPath, perPage: 30 } } }),
      ),
  );
  const products = ofIndustries.map(({ items }) => items);
  return {
    industries: sold.map(({ id, name, path, slugPath, productCount, children }) => ({
      id,
      name,
      path,
      slugPath,
      productCount,
      areas: children
        .filter((area) => area.productCount > 0)
        .toSorted((a, b) => b.productCount - a.productCount)
        .slice(0, areasShown)
        .map((area) => ({
          id: area.id,
          name: area.name,
          slugPath: area.slugPath,
          productCount: area.productCount,
        })),
    })),
    productCount: sold.reduce((sum, industry) => sum + industry.productCount, 0),
    partners: vendors.items,
    partnerCount: vendors.total,
    agents,
    searches: searchesFor(products),
    example: exampleOf(products),
  };
}
