import type { Db } from '#db/client.ts';
import { parseCredit } from '#server/common/credits.ts';
import { dayIn } from '#server/common/zones.ts';
import type { Context } from '#server/context.ts';
import type { Buyer, Member } from '#server/platform/auth/actors.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { cleanLine } from '#server/platform/typed-text.ts';
import {
  approversChanged,
  companyChanged,
  companyCreated,
  memberChanged,
  memberGone,
  memberJoined,
  memberLeft,
  standInNamed,
} from './events.ts';
import { invitationsOf } from './invitations/queries.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { approverRoles, limitErrors, zoneErrors } from './rules.ts';
import type { ColleagueBody, Company, CompanyBody, NewCompanyBody, StandInBody } from './schema.ts';
import { companyView } from './view.ts';

export {
  findCompany,
  handlerOf,
  type LimitRow,
  limitsOf,
  lockMember,
  membersOf,
  type MemberRow,
} from './queries.ts';
export { approversOf, type Approver } from './approvers.ts';
export { companyIdOf, monthlyCreditOf, monthStart } from './credit.ts';
export { mayActFor } from './rules.ts';

/** Makes a company whose first person and admin is this buyer. Refuses `in_company`, and wrong fields. */
export async function createCompany(
  ctx: Context,
  { buyerId }: Pick<Buyer, 'buyerId'>,
  body: NewCompanyBody,
): Promise<Company> {
  const { name = '', timeZone = 'UTC' } = readCompany(body);
  const at = ctx.clock.now();
  const actor = `buyer:${buyerId}`;
  const company = await ctx.db.transaction(async (tx) => {
    const { id } = await queries.addCompany(tx, { name, timeZone, createdAt: at });
    const member = { buyerId, companyId: id, role: 'admin', joinedAt: at } as const;
    if (!(await queries.addMember(tx, member))) throw refuse('in_company');
    const about = { actor, at, subjectId: id };
    await record(tx, [
      companyCreated({ ...about, payload: { name } }),
      memberJoined({ ...about, payload: { buyerId, role: 'admin' } }),
    ]);
    return id;
  });
  return describeCompany(ctx, { buyerId, member: { companyId: company, role: 'admin' } });
}

/** A buyer who belongs to a company. */
export type InCompany = Pick<Buyer, 'buyerId'> & { member: Member };

/** Returns the company with its people, as this person may see it. */
export async function describeCompany(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { buyerId, member: { companyId } }: InCompany,
): Promise<Company> {
  const [company, members, limits, standIns, invitations] = await Promise.all([
    queries.findCompany(db, companyId),
    queries.membersOf(db, companyId),
    queries.limitsOf(db, { companyId }),
    queries.standInsOf(db, companyId),
    invitationsOf(db, companyId),
  ]);
  // Another request may have ended the membership just now.
  if (!members.some((one) => one.buyerId === buyerId)) throw refuse('not_found');
  return companyView({ company, members, limits, standIns, invitations }, buyerId, clock.now());
}

function readCompany({ name: typed, timeZone }: CompanyBody): CompanyBody {
  const name = typed === undefined ? undefined : cleanLine(typed);
  const errors: FieldError[] = [
    ...(name === '' ? [{ path: 'name', code: 'required', message: 'is required' }] : []),
    ...zoneErrors(timeZone),
  ];
  if (errors.length > 0) throw refuse('invalid_input', { errors });
  return { ...(name !== undefined && { name }), ...(timeZone !== undefined && { timeZone }) };
}

/** Renames the company or changes its time zone. Refuses `forbidden` for others than admins, and wrong fields. */
export async function updateCompany(ctx: Context, by: InCompany, body: CompanyBody): Promise<Company> {
  const changes = readCompany(body);
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await lockAsAdmin(tx, by);
    if (Object.keys(changes).length === 0) return;
    await queries.changeCompany(tx, by.member.companyId, changes);
    await record(tx, [companyChanged({ ...eventOf(by, at), payload: changes })]);
  });
  return describeCompany(ctx, by);
}

const eventOf = ({ buyerId, member }: InCompany, at: Date) => ({
  ...{ actor: `buyer:${buyerId}`, at, subjectId: member.companyId },
});

/** Locks the company and returns its people. Refuses `not_found` if the person has left it, `forbidden` unless an admin. */
export async function lockAsAdmin(tx: Db, by: InCompany): Promise<queries.MemberRow[]> {
  const { people, own } = await lockAsMember(tx, by);
  if (own.role !== 'admin') throw refuse('forbidden');
  return people;
}

async function lockAsMember(
  tx: Db,
  { buyerId, member: { companyId } }: InCompany,
): Promise<{ people: queries.MemberRow[]; own: queries.MemberRow; company: queries.CompanyRow }> {
  const company = await queries.lockCompany(tx, companyId);
  const people = await queries.membersOf(tx, companyId);
  const own = people.find((one) => one.buyerId === buyerId);
  if (!company || !own) throw refuse('not_found');
  return { people, own, company };
}

/** Returns a colleague by the id of their account. Refuses `not_found`. */
function colleagueOf(people: readonly queries.MemberRow[], id: string): queries.MemberRow {
  const found = people.find(({ accountId }) => accountId === id.toLowerCase());
  if (!found) throw refuse('not_found');
  return found;
}

/**
 * Changes the role or the limits of a person. Refuses `forbidden` for others than admins, `not_found`, `last_admin`, and
 * wrong limits.
 */
export async function updateColleague(
  ctx: Context,
  by: InCompany,
  id: string,
  { role, limits, monthlyLimits, monthlyCredits }: ColleagueBody,
): Promise<Company> {
  const errors = limitErrors({ limits, monthlyLimits });
  if (errors.length > 0) throw refuse(errors[0]!.code as 'limit_currency', { errors });
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { buyerId, role: former } = colleagueOf(await lockAsAdmin(tx, by), id);
    if (role !== undefined && role !== former) {
      if (!(await queries.changeRole(tx, buyerId, role))) throw refuseField('role', 'last_admin');
      // Only approvers have a stand-in.
      if (role === 'requester') await queries.setStandIn(tx, buyerId, null);
    }
    // Orders that are being counted come before the new limits.
    await queries.lockMember(tx, buyerId);
    await queries.setLimits(tx, buyerId, {
      ...(limits && { limits }),
      ...(monthlyLimits && { monthlyLimits }),
    });
    if (monthlyCredits !== undefined)
      await queries.changeMonthlyCredits(
        tx,
        buyerId,
        monthlyCredits === null ? null : parseCredit(monthlyCredits),
      );
    const changes = { role, limits, monthlyLimits, monthlyCredits };
    await record(tx, [memberChanged({ ...eventOf(by, at), payload: { buyerId, changes } })]);
    await ctx.jobs.enqueue(tx, approversChanged, [{ companyId: by.member.companyId }]);
  });
  return describeCompany(ctx, by);
}

/**
 * Ends a person's membership at once: an admin removes a colleague, or a person leaves. What they sent stays with the
 * company. Refuses `not_found`, `forbidden`, `last_admin`.
 */
export async function removeColleague(ctx: Context, by: InCompany, id: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { people, own } = await lockAsMember(tx, by);
    const { buyerId } = colleagueOf(people, id);
    if (buyerId !== own.buyerId && own.role !== 'admin') throw refuse('forbidden');
    await endMembership(tx, ctx, { ...by, buyerId }, at);
    await record(tx, [memberLeft({ ...eventOf(by, at), payload: { buyerId } })]);
  });
}

/**
 * Ends the membership of a person who is erased, as if they had left. Refuses `last_admin` while there are colleagues. A
 * company without people keeps its requests.
 */
export async function leave(
  tx: Db,
  notifying: Pick<Context, 'hooks' | 'jobs'>,
  by: InCompany,
  at: Date,
): Promise<void> {
  await queries.lockCompany(tx, by.member.companyId);
  const isAlone = (await queries.membersOf(tx, by.member.companyId)).length === 1;
  await endMembership(tx, notifying, by, at, isAlone);
  await record(tx, [memberLeft({ ...eventOf(by, at), payload: { buyerId: by.buyerId } })]);
}

async function endMembership(
  tx: Db,
  { hooks, jobs }: Pick<Context, 'hooks' | 'jobs'>,
  { buyerId, member: { companyId } }: InCompany,
  at: Date,
  mayLeaveNobody = false,
): Promise<void> {
  // Waits for an order of theirs that is being counted.
  await queries.lockMember(tx, buyerId);
  if (mayLeaveNobody) await queries.dropMember(tx, buyerId);
  else if (!(await queries.removeMember(tx, buyerId))) throw refuse('last_admin');
  await hooks.run(tx, memberGone, { companyId, buyerId, at });
  await jobs.enqueue(tx, approversChanged, [{ companyId }]);
}

/**
 * Names who decides for an approver on some days; admins may for others. Refuses `not_found`, `forbidden`,
 * `not_an_approver`, `stand_in_self`, `stand_in_days`.
 */
export async function nameStandIn(
  ctx: Context,
  by: InCompany,
  id: string,
  standIn: StandInBody | null,
): Promise<Company> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { people, own, company } = await lockAsMember(tx, by);
    const approver = colleagueOf(people, id);
    if (approver.buyerId !== own.buyerId && own.role !== 'admin') throw refuse('forbidden');
    if (!approverRoles.includes(approver.role)) throw refuse('not_an_approver');
    const named = standIn && readStandIn(people, approver, standIn, dayIn(company.timeZone, at));
    await queries.setStandIn(
      tx,
      approver.buyerId,
      named && { standInId: named.buyerId, fromDay: named.from, untilDay: named.until },
    );
    const payload = { buyerId: approver.buyerId, standIn: named };
    await record(tx, [standInNamed({ ...eventOf(by, at), payload })]);
    await ctx.jobs.enqueue(tx, approversChanged, [{ companyId: by.member.companyId }]);
  });
  return describeCompany(ctx, by);
}

function readStandIn(
  people: readonly queries.MemberRow[],
  approver: queries.MemberRow,
  { id, from, until }: StandInBody,
  today: string,
) {
  const { buyerId } = colleagueOf(people, id);
  if (buyerId === approver.buyerId) throw refuseField('id', 'stand_in_self');
  if (until < from || until < today) throw refuseField('until', 'stand_in_days');
  return { buyerId, from, until };
}
