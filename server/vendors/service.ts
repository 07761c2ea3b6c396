import type { Db } from '#db/client.ts';
import * as queries from './queries.ts';

export {
  countProductsOfVendors,
  type Responsibility,
  type ImportedAgent,
  type ImportedVendor,
  moveResponsibilities,
  renameVendors,
  type StoredVendor,
  type WorkingHours,
  writeAgent,
  writeVendors,
} from './imported/queries.ts';
export { ratingOf } from './rules.ts';

/** An agent responsible for an offer. Buyers see only name, kind and languages. */
export interface ResponsibleAgent {
  offerId: number;
  vendorId: number;
  agentId: number;
  name: string;
  email: string;
  kind: 'sales' | 'support';
  locale: string;
  languages: string[];
  /** Whether they have a number that may be called. */
  isCalled: boolean;
}

/**
 * Returns the agents responsible for the offers: those of its vendor with its product or a category above it. Sales
 * first. Offers without responsible agents have no row.
 */
export async function responsibleAgents(db: Db, offerIds: readonly number[]): Promise<ResponsibleAgent[]> {
  return offerIds.length === 0 ? [] : queries.responsibleAgents(db, offerIds);
}

/** An agent's number as written in the catalogue, and whether it may be called. */
export interface AgentNumber {
  agentId: number;
  vendor: string;
  name: string;
  phone: string;
  callable: boolean;
}

/** Returns up to `limit` agents with a number and an id > `after`, by id. */
export const agentNumbers: (db: Db, after: number, limit: number) => Promise<AgentNumber[]> =
  queries.agentNumbers;

/**
 * Sets `callable` of agents whose number hasn't changed, and notifies watchers. Returns their ids, whose status the
 * caller must refresh.
 */
export const setCallable: (
  tx: Db,
  looked: readonly { agentId: number; phone: string | null }[],
  callable: boolean,
) => Promise<number[]> = queries.setCallable;

/** Adds a rating, 1 to 5, to a vendor's totals. */
export const addRating: (tx: Db, vendorId: number, rating: number) => Promise<void> = queries.addRating;
