import { and, asc, eq, gte, lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { companies, companyLimits, companyMembers, companyStandIns } from '#db/tables/companies.ts';
import type { Money } from '#server/common/money.ts';
import { announcing } from '#server/platform/realtime.ts';
import type { Limits, Role } from './schema.ts';

export type CompanyRow = typeof companies.$inferSelect;

/** A person in a company, with their account. */
export interface MemberRow {
  buyerId: string;
  companyId: string;
  role: Role;
  monthlyCredits: bigint | null;
  joinedAt: Date;
  accountId: string;
  name: string;
  email: string;
  locale: string;
}

const memberColumns = {
  buyerId: companyMembers.buyerId,
  companyId: companyMembers.companyId,
  role: companyMembers.role,
  monthlyCredits: companyMembers.monthlyCredits,
  joinedAt: companyMembers.joinedAt,
  accountId: accounts.id,
  name: accounts.name,
  email: accounts.email,
  locale: accounts.locale,
};

export async function addCompany(tx: Db, company: typeof companies.$inferInsert): Promise<CompanyRow> {
  const [added] = await tx.insert(companies).values(company).returning();
  if (!added) throw new Error('the database returned no company');
  return added;
}

export async function findCompany(db: Db, id: string): Promise<CompanyRow> {
  const [found] = await db.select().from(companies).where(eq(companies.id, id));
  if (!found) throw new Error(`no company ${id}`);
  return found;
}

/** Locks a company, so that changes of its people happen one by one. */
export async function lockCompany(tx: Db, id: string): Promise<CompanyRow | null> {
  const [locked] = await tx.select().from(companies).where(eq(companies.id, id)).for('no key update');
  return locked ?? null;
}

export async function changeCompany(
  tx: Db,
  id: string,
  changes: Partial<Pick<CompanyRow, 'name' | 'timeZone'>>,
): Promise<void> {
  await tx.update(companies).set(changes).where(eq(companies.id, id));
}

/** Returns the people of a company, the longest in it first. */
export const membersOf = (db: Db, companyId: string): Promise<MemberRow[]> =>
  db
    .select(memberColumns)
    .from(companyMembers)
    .innerJoin(accounts, eq(accounts.buyerId, companyMembers.buyerId))
    .where(eq(companyMembers.companyId, companyId))
    .orderBy(asc(companyMembers.joinedAt), asc(companyMembers.buyerId));

/** Returns who handles what a person made for a company: they, or, once they have left, the first of its admins. */
export async function handlerOf(
  db: Db,
  { companyId, buyerId }: { companyId: string; buyerId: string },
): Promise<MemberRow | null> {
  const [found] = await db
    .select(memberColumns)
    .from(companyMembers)
    .innerJoin(accounts, eq(accounts.buyerId, companyMembers.buyerId))
    .where(eq(companyMembers.companyId, companyId))
    .orderBy(
      sql`${companyMembers.buyerId} <> ${buyerId}, ${companyMembers.role} <> 'admin'`,
      companyMembers.joinedAt,
      companyMembers.buyerId,
    )
    .limit(1);
  return found ?? null;
}

/** Returns the membership of a buyer; null without a company. */
export async function findMember(db: Db, buyerId: string): Promise<MemberRow | null> {
  const [found] = await db
    .select(memberColumns)
    .from(companyMembers)
    .innerJoin(accounts, eq(accounts.buyerId, companyMembers.buyerId))
    .where(eq(companyMembers.buyerId, buyerId));
  return found ?? null;
}

/** Adds a person. Returns false if they belong to a company already. */
export async function addMember(tx: Db, member: typeof companyMembers.$inferInsert): Promise<boolean> {
  const added = await tx
    .insert(companyMembers)
    .values(member)
    .onConflictDoNothing()
    .returning({ buyerId: companyMembers.buyerId });
  return added.length > 0;
}

const otherAdmin = sql`exists (
  select from company_members other where other.company_id = ${companyMembers.companyId}
    and other.role = 'admin' and other.buyer_id <> ${companyMembers.buyerId})`;

const isAlone = sql`not exists (
  select from company_members other where other.company_id = ${companyMembers.companyId}
    and other.buyer_id <> ${companyMembers.buyerId})`;

/** Changes a role, in a locked company. Returns false for the last admin. */
export async function changeRole(tx: Db, buyerId: string, role: Role): Promise<boolean> {
  const changed = await tx
    .update(companyMembers)
    .set({ role })
    .where(
      and(
        eq(companyMembers.buyerId, buyerId),
        sql`(${role} = 'admin' or ${companyMembers.role} <> 'admin' or ${otherAdmin})`,
      ),
    )
    .returning({ buyerId: companyMembers.buyerId });
  return changed.length > 0;
}

/** Returns whether colleagues would have no admin without this person. */
export async function isNeededAdmin(db: Db, buyerId: string): Promise<boolean> {
  const found = await db
    .select({ buyerId: companyMembers.buyerId })
    .from(companyMembers)
    .where(
      and(
        ...[eq(companyMembers.buyerId, buyerId), eq(companyMembers.role, 'admin'), sql`not ${otherAdmin}`],
        sql`not ${isAlone}`,
      ),
    );
  return found.length > 0;
}

/** Ends a membership, also of the last admin. */
export async function dropMember(tx: Db, buyerId: string): Promise<void> {
  await tx.delete(companyMembers).where(eq(companyMembers.buyerId, buyerId));
}

/** Ends a membership, in a locked company. Returns false for the last admin. */
export async function removeMember(tx: Db, buyerId: string): Promise<boolean> {
  const removed = await tx
    .delete(companyMembers)
    .where(
      and(eq(companyMembers.buyerId, buyerId), sql`(${companyMembers.role} <> 'admin' or ${otherAdmin})`),
    )
    .returning({ announced: announcing(sql`'company:' || ${companyMembers.companyId}`) });
  return removed.length > 0;
}

export async function changeMonthlyCredits(
  tx: Db,
  buyerId: string,
  monthlyCredits: bigint | null,
): Promise<void> {
  await tx.update(companyMembers).set({ monthlyCredits }).where(eq(companyMembers.buyerId, buyerId));
}

/** Replaces the limits of a person that are given. */
export async function setLimits(tx: Db, buyerId: string, given: Partial<Limits>): Promise<void> {
  const lists = [
    ['request', given.limits],
    ['month', given.monthlyLimits],
  ] as const;
  for (const [period, list] of lists) {
    if (list === undefined) continue;
    await tx
      .delete(companyLimits)
      .where(and(eq(companyLimits.buyerId, buyerId), eq(companyLimits.period, period)));
    if (list.length === 0) continue;
    await tx
      .insert(companyLimits)
      .values(list.map(({ currency, amount }: Money) => ({ buyerId, period, currency, amount })));
  }
}

export type LimitRow = typeof companyLimits.$inferSelect;

/** Returns the limits of a company's people, or of one person, by currency. */
export const limitsOf = (db: Db, of: { companyId: string } | { buyerId: string }): Promise<LimitRow[]> =>
  db
    .select({
      buyerId: companyLimits.buyerId,
      period: companyLimits.period,
      currency: companyLimits.currency,
      amount: companyLimits.amount,
    })
    .from(companyLimits)
    .innerJoin(companyMembers, eq(companyMembers.buyerId, companyLimits.buyerId))
    .where(
      'buyerId' in of ? eq(companyLimits.buyerId, of.buyerId) : eq(companyMembers.companyId, of.companyId),
    )
    .orderBy(asc(companyLimits.currency));

/** Locks a person's membership, so that their orders count one after another. Returns null without a company. */
export async function lockMember(
  tx: Db,
  buyerId: string,
): Promise<Pick<MemberRow, 'buyerId' | 'companyId' | 'role' | 'monthlyCredits'> | null> {
  const [locked] = await tx
    .select({
      buyerId: companyMembers.buyerId,
      companyId: companyMembers.companyId,
      role: companyMembers.role,
      monthlyCredits: companyMembers.monthlyCredits,
    })
    .from(companyMembers)
    .where(eq(companyMembers.buyerId, buyerId))
    .for('no key update');
  return locked ?? null;
}

export type StandInRow = typeof companyStandIns.$inferSelect;

/** Returns the stand-ins of a company; with `day` those of that day. */
export const standInsOf = (db: Db, companyId: string, day?: string): Promise<StandInRow[]> =>
  db
    .select({
      approverId: companyStandIns.approverId,
      standInId: companyStandIns.standInId,
      fromDay: companyStandIns.fromDay,
      untilDay: companyStandIns.untilDay,
    })
    .from(companyStandIns)
    .innerJoin(companyMembers, eq(companyMembers.buyerId, companyStandIns.approverId))
    .where(
      and(
        eq(companyMembers.companyId, companyId),
        ...(day === undefined ? [] : [lte(companyStandIns.fromDay, day), gte(companyStandIns.untilDay, day)]),
      ),
    );

/** Names who stands in for an approver; null: nobody. */
export async function setStandIn(
  tx: Db,
  approverId: string,
  standIn: Omit<StandInRow, 'approverId'> | null,
): Promise<void> {
  await tx.delete(companyStandIns).where(eq(companyStandIns.approverId, approverId));
  if (standIn) await tx.insert(companyStandIns).values({ approverId, ...standIn });
}
