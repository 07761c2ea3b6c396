import type { Db } from '#db/client.ts';
import * as queries from './queries.ts';

export {
  type Duty,
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

/** An agent who answers for an offer: the mail goes to `email` in `locale`; buyers see name, kind, languages. */
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
 * Returns the agents responsible for each of the offers (spec, "agent"): of the offer's own vendor, by the product
 * itself or by any category above it; per offer sales first. Offers nobody answers for have no row.
 */
export async function responsibleAgents(db: Db, offerIds: readonly number[]): Promise<ResponsibleAgent[]> {
  return offerIds.length === 0 ? [] : queries.responsibleAgents(db, offerIds);
}

/** An agent's number as in the catalogue, and whether it may be called. */
export interface AgentNumber {
  agentId: number;
  vendor: string;
  name: string;
  phone: string;
  callable: boolean;
}

/** Agents that have a number, in the order of their ids, at most `limit` from behind the id `after` on. */
export const agentNumbers: (db: Db, after: number, limit: number) => Promise<AgentNumber[]> =
  queries.agentNumbers;

/**
 * Notes whether the agents' numbers are called, unless a number is no longer the one that was looked at; the ids of
 * those noted, each announced. What is shown of them is for presence to refresh.
 */
export const setCallable: (
  tx: Db,
  looked: readonly { agentId: number; phone: string | null }[],
  callable: boolean,
) => Promise<number[]> = queries.setCallable;

/** One more rated call of the vendor, whose agent got this mark, 1 to 5. */
export const addRating: (tx: Db, vendorId: number, rating: number) => Promise<void> = queries.addRating;
