import type { Db } from '#db/client.ts';
import { formatCredit, parseCredit } from '#server/common/credits.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import type { Buyer } from '#server/platform/auth/actors.ts';
import type { Link } from '#server/platform/auth/links.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import { comparedEmail, readEmail } from '#server/platform/emails.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import {
  approversChanged,
  colleagueInvited,
  invitationMail,
  invitationWithdrawn,
  memberJoined,
} from '../events.ts';
import * as companies from '../queries.ts';
import { refuse, refuseField } from '../refusals.ts';
import { invitationEnd, invitationState, limitErrors } from '../rules.ts';
import type { Company, Invitation, InviteBody, OwnInvitation } from '../schema.ts';
import { describeCompany, type InCompany, lockAsAdmin } from '../service.ts';
import * as queries from './queries.ts';

const hourly = { windowSeconds: 3_600 };
const mostOfCompany = 60;

/**
 * Invites an address by mail, or mails it again with a new link and what it says now. Answers alike whether the address
 * has an account. Refuses `forbidden` for others than admins, `already_colleague`, `too_many`, and wrong fields.
 */
export async function inviteColleague(ctx: Context, by: InCompany, body: InviteBody): Promise<Invitation> {
  const { role = 'requester', limits = [], monthlyLimits = [], monthlyCredits = null } = body;
  const email = comparedEmail(body.email);
  const errors: FieldError[] = [
    ...(readEmail(body.email) === null
      ? [
          {
            path: 'email',
            code: body.email.trim() ? 'format' : 'required',
            message: 'is not an e-mail address',
          },
        ]
      : []),
    ...limitErrors({ limits, monthlyLimits }),
  ];
  if (errors.length > 0) throw refuse('invalid_input', { errors });
  const at = ctx.clock.now();
  const { companyId } = by.member;
  await ctx.db.transaction(async (tx) => {
    const people = await lockAsAdmin(tx, by);
    if (people.some((person) => person.email === email)) throw refuseField('email', 'already_colleague');
    await countMails(tx, ctx, companyId, email, at);
    const credits = monthlyCredits === null ? null : formatCredit(parseCredit(monthlyCredits));
    const begin = { limits, monthlyLimits, monthlyCredits: credits };
    const wish = { role, limits: begin, expiresAt: invitationEnd(at) };
    const open = await queries.openInvitationTo(tx, companyId, email);
    if (open) await queries.changeInvitation(tx, open.id, { ...wish, version: open.version + 1 });
    const invitation = open
      ? { ...open, ...wish, version: open.version + 1 }
      : await queries.addInvitation(tx, {
          ...{ companyId, email, ...wish, invitedBy: by.buyerId, createdAt: at },
        });
    // The company is locked, so no other invitation can have been faster.
    if (!invitation) throw new Error(`the invitation of ${companyId} could not be added`);
    await mailInvitation(tx, ctx, by, invitation, at);
  });
  const { invitations } = await describeCompany(ctx, by);
  const invited = invitations.find((one) => one.email === email);
  if (!invited) throw refuse('not_found');
  return invited;
}

async function mailInvitation(
  tx: Db,
  ctx: Context,
  by: InCompany,
  { id, email, role, version }: queries.StoredInvitation,
  at: Date,
): Promise<void> {
  const inviter = await companies.findMember(tx, by.buyerId);
  const to = { role: 'account', email, name: '', locale: inviter?.locale ?? 'en' };
  const mail = {
    kind: invitationMail,
    subjectId: id,
    reason: `version ${version}`,
    to,
    content: { version },
  };
  await queueMails(tx, ctx, [mail], at);
  const payload = { invitationId: id, role, version };
  const about = { actor: `buyer:${by.buyerId}`, at, subjectId: by.member.companyId };
  await record(tx, [colleagueInvited({ ...about, payload })]);
}

/** Counts mails that a company can have sent to anybody. Refuses `too_many`. */
async function countMails(
  tx: Db,
  { config: { limits } }: Pick<Context, 'config'>,
  companyId: string,
  email: string,
  at: Date,
): Promise<void> {
  await countOrRefuse(tx, `invitations:${companyId}`, { ...hourly, max: mostOfCompany }, at);
  await countOrRefuse(
    tx,
    `invitations:${companyId}:${sha256(email).toString('base64url')}`,
    { ...hourly, max: limits.mailsPerUnprovenAddress },
    at,
  );
}

/** Withdraws an invitation of the company. Idempotent. Refuses `forbidden`, `not_found`. */
export async function withdrawInvitation(ctx: Context, by: InCompany, id: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    await lockAsAdmin(tx, by);
    const invitation = isUuid(id) ? await queries.lockInvitation(tx, id) : null;
    if (invitation?.companyId !== by.member.companyId) throw refuse('not_found');
    await withdraw(tx, invitation, { by: 'company', actor: `buyer:${by.buyerId}`, at });
  });
}

/** Withdraws all invitations of a company that has no people any more: nobody can join it. */
export async function withdrawAll(tx: Db, companyId: string, actor: string, at: Date): Promise<void> {
  for (const invitation of await queries.lockOpenInvitations(tx, companyId))
    await withdraw(tx, invitation, { by: 'company', actor, at });
}

async function withdraw(
  tx: Db,
  { id, companyId, acceptedAt, withdrawnAt }: queries.StoredInvitation,
  { by, actor, at }: { by: 'company' | 'invited'; actor: string; at: Date },
): Promise<void> {
  if (withdrawnAt) return;
  if (acceptedAt) throw refuse('invitation_over');
  await queries.changeInvitation(tx, id, { withdrawnAt: at });
  const payload = { invitationId: id, by };
  await record(tx, [invitationWithdrawn({ actor, at, subjectId: companyId, payload })]);
}

/** The link of an invitation's mail. It shows the invitation; who accepts must have the invited address. */
export const invitationLink: Link<queries.NamedInvitation> = {
  purpose: 'company invitation',
  async resolve({ db, links }: Context, token: string) {
    const id = links.claimedId(token);
    const found = id === null ? null : await queries.findInvitation(db, id);
    const version = found?.invitation.version ?? 0;
    if (found && links.matches(token, 'company invitation', found.invitation.id, version)) return found;
    throw refuse('link_not_valid', { isOutdated: found !== null });
  },
};

export function invitationForReceiver(
  { invitation, company, invitedBy }: queries.NamedInvitation,
  now: Date,
): OwnInvitation {
  const { id, email, role, expiresAt } = invitation;
  return {
    ...{ id, company, email, role, invitedBy: invitedBy ?? company },
    state: invitationState(invitation, now),
    expiresAt: expiresAt.toISOString(),
  };
}

/** Returns the open invitations to the logged-in account's address. */
export async function listInvitations(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { email }: Pick<Account, 'email'>,
): Promise<{ items: OwnInvitation[] }> {
  const now = clock.now();
  const open = await queries.openInvitationsOf(db, email, now);
  return { items: open.map((row) => invitationForReceiver(row, now)) };
}

/**
 * Makes the person a member of the company that invited their address. Idempotent. Refuses `not_found` for an invitation
 * of another address, `invitation_over`, `in_company`.
 */
export async function acceptInvitation(
  ctx: Context,
  { buyerId, account }: Buyer & { account: Account },
  id: string,
): Promise<Company> {
  const at = ctx.clock.now();
  const companyId = await ctx.db.transaction(async (tx) => {
    const found = await findOwn(tx, account, id);
    // As all changes of people: first the company, then what belongs to it.
    await companies.lockCompany(tx, found.companyId);
    const invitation = await queries.lockInvitation(tx, found.id);
    const own = await companies.findMember(tx, buyerId);
    if (own) {
      if (own.companyId === found.companyId) return found.companyId;
      throw refuse('in_company');
    }
    if (!invitation || invitationState(invitation, at) !== 'open') throw refuse('invitation_over');
    const { role, limits } = invitation;
    const { monthlyCredits = null } = limits;
    const isAdded = await companies.addMember(tx, {
      buyerId,
      companyId: found.companyId,
      role,
      monthlyCredits: monthlyCredits === null ? null : parseCredit(monthlyCredits),
      joinedAt: at,
    });
    if (!isAdded) throw refuse('in_company');
    await companies.setLimits(tx, buyerId, limits);
    await queries.changeInvitation(tx, invitation.id, { acceptedAt: at });
    const about = { actor: `buyer:${buyerId}`, at, subjectId: found.companyId };
    await record(tx, [memberJoined({ ...about, payload: { buyerId, role } })]);
    await ctx.jobs.enqueue(tx, approversChanged, [{ companyId: found.companyId }]);
    return found.companyId;
  });
  return describeCompany(ctx, { buyerId, member: { companyId, role: 'requester' } });
}

/** Withdraws an invitation to the person's own address. Idempotent. Refuses `not_found`, `invitation_over`. */
export async function declineInvitation(
  ctx: Context,
  { buyerId, account }: Buyer & { account: Account },
  id: string,
): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { id: ownId } = await findOwn(tx, account, id);
    const invitation = await queries.lockInvitation(tx, ownId);
    if (invitation) await withdraw(tx, invitation, { by: 'invited', actor: `buyer:${buyerId}`, at });
  });
}

async function findOwn(
  tx: Db,
  { email }: Pick<Account, 'email'>,
  id: string,
): Promise<queries.StoredInvitation> {
  const found = isUuid(id) ? await queries.findInvitation(tx, id) : null;
  if (found?.invitation.email !== email) throw refuse('not_found');
  return found.invitation;
}
