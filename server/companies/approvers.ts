import type { Db } from '#db/client.ts';
import { dayIn } from '#server/common/zones.ts';
import * as queries from './queries.ts';
import { approverRoles } from './rules.ts';

/** Somebody who may decide about what colleagues ask for. */
export interface Approver extends queries.MemberRow {
  /** For whom they stand in now; null: they are an approver or admin themselves. */
  standsInFor: string | null;
}

/** Returns who may decide in a company at that time: its admins and approvers, and who stands in for one of them. */
export async function approversOf(db: Db, companyId: string, at: Date): Promise<Approver[]> {
  const { timeZone } = await queries.findCompany(db, companyId);
  const [people, standIns] = [
    await queries.membersOf(db, companyId),
    await queries.standInsOf(db, companyId, dayIn(timeZone, at)),
  ];
  return people.flatMap((person): Approver[] => {
    if (approverRoles.includes(person.role)) return [{ ...person, standsInFor: null }];
    const standIn = standIns.find(({ standInId }) => standInId === person.buyerId);
    const approver = people.find(({ buyerId }) => buyerId === standIn?.approverId);
    return approver ? [{ ...person, standsInFor: approver.buyerId }] : [];
  });
}
