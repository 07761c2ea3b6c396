import type { Db } from '#db/client.ts';
import { refuse } from '#server/platform/errors.ts';
import * as vendors from '#server/vendors/service.ts';
import * as queries from './queries.ts';
import { type OfferAgent, offerDetailWire, summaryWire } from './rules.ts';
import type { ProductDetail, ProductSummary } from './schema.ts';

export { availabilityOf, slugOf } from './rules.ts';

export {
  addRates,
  betweenImports,
  CatalogUnreadable,
  checkCatalog,
  importCatalog,
  type Rate,
  type RefusedRow,
} from './import/service.ts';

const relatedShown = 6;

/** Products with their offers as lists show them, in the order of the ids; unknown ids are left out. One statement. */
export async function summaries(db: Db, ids: readonly string[]): Promise<ProductSummary[]> {
  return (await queries.summaries(db, ids)).map(summaryWire);
}

/** Everything about one product. Three statements. Unknown and malformed ids: 404. */
export async function product(db: Db, id: string): Promise<ProductDetail> {
  const row = queries.isCatalogId(id) ? await queries.detail(db, id) : null;
  if (!row) throw refuse('not_found');
  const offerIds = row.offers.map((offer) => Number(offer.id));
  const [agents, related] = await Promise.all([
    vendors.responsibleAgents(db, offerIds),
    queries.related(db, id, relatedShown),
  ]);
  const agentsOf = (offerId: string): OfferAgent[] =>
    agents
      .filter((agent) => String(agent.offerId) === offerId)
      .map(({ agentId, name, kind, languages }) => ({ id: String(agentId), name, kind, languages }));
  return {
    ...summaryWire(row),
    offers: row.offers.map((offer) => offerDetailWire(offer, agentsOf(offer.id))),
    description: row.description,
    attributes: row.attributes.map(([name, value]) => ({ name, value })),
    eans: row.eans,
    breadcrumbs: row.breadcrumbs,
    related: related.map(summaryWire),
  };
}
