import { type SQL, sql } from 'drizzle-orm';
import type { Buyer } from './actors.ts';

/** A buyer with their company. */
export type Viewer = Pick<Buyer, 'buyerId' | 'member'>;

/**
 * Returns whether the rows under an alias, with `buyer_id` and `company_id`, are the buyer's own or of the company that they
 * belong to: what they made for a company stays with it when they leave.
 */
export function isSeenBy(alias: string, { buyerId, member }: Viewer): SQL {
  const column = (name: string) => sql.raw(`${alias}.${name}`);
  const isOwn = sql`(${column('buyer_id')} = ${buyerId} and ${column('company_id')} is null)`;
  return member ? sql`(${isOwn} or ${column('company_id')} = ${member.companyId})` : isOwn;
}
