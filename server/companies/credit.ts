import type { Db } from '#db/client.ts';
import { dayIn, instantOf } from '#server/common/zones.ts';
import * as queries from './queries.ts';

/** Returns the first moment of the calendar month in a time zone. */
export function monthStart(at: Date, timeZone: string): Date {
  const month = dayIn(timeZone, at).slice(0, 7);
  return new Date(instantOf(`${month}-01T00:00`, timeZone) ?? at);
}

/** Returns the company that a buyer belongs to; null: none. */
export async function companyIdOf(db: Db, buyerId: string): Promise<string | null> {
  return (await queries.findMember(db, buyerId))?.companyId ?? null;
}

/** How much of their company's credit a person may use in this month. */
export interface MonthlyCredit {
  companyId: string;
  /** In 1/100 credit. */
  most: bigint;
  since: Date;
}

/** Returns null without a company, or without a limit in it. */
export async function monthlyCreditOf(db: Db, buyerId: string, at: Date): Promise<MonthlyCredit | null> {
  const member = await queries.findMember(db, buyerId);
  if (!member || member.monthlyCredits === null) return null;
  const { companyId, monthlyCredits: most } = member;
  const { timeZone } = await queries.findCompany(db, companyId);
  return { companyId, most, since: monthStart(at, timeZone) };
}
