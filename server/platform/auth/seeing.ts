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

/** Returns whether a person decides at that time about what colleagues ask for: by their role, or as a stand-in that day. */
export const decidesAt = ({ buyerId, member }: Viewer, at: Date): SQL =>
  member?.role === 'requester'
    ? sql`exists (
        select from company_stand_ins s
        join company_members m on m.buyer_id = s.approver_id and m.company_id = ${member.companyId}
        join companies c on c.id = m.company_id
        where s.stand_in_id = ${buyerId}
          and (${at.toISOString()}::timestamptz at time zone c.time_zone)::date between s.from_day and s.until_day)`
    : sql`true`;
