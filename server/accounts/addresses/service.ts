import { randomBytes, randomUUID } from 'node:crypto';
import { addressProven } from '#server/buyers/events.ts';
import type { Context } from '#server/context.ts';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import type { Account, Visit } from '#server/platform/auth/sessions.ts';
import { comparedEmail } from '#server/platform/emails.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import { enter, type Entry } from '../entering/service.ts';
import { emailChangedMail, emailChangeMail } from '../events.ts';
import { countCode, requireCode } from '../factors/codes.ts';
import { countMailsTo } from '../limits.ts';
import { requireCurrent } from '../passwords/current.ts';
import * as accounts from '../queries.ts';
import { refuse } from '../refusals.ts';
import { deleteRegistrations } from '../registering/queries.ts';
import { useUpResets } from '../resetting/queries.ts';
import { queueReset } from '../resetting/service.ts';
import type { EmailChangeBody } from '../schema.ts';
import * as queries from './queries.ts';
import { emailError, finalBefore, unprovenBefore } from './rules.ts';

export const changePurpose = 'change address';
export const undoPurpose = 'undo change of address';

/**
 * Mails a link to a new address of the logged-in account; the present one stays until the link is used. Answers alike
 * whether the new one has an account. Refuses `invalid_credentials` at `password`, `format` at `email`, and `too_many`.
 */
export async function changeEmail(
  ctx: Context,
  account: Account,
  body: EmailChangeBody,
  address: string,
): Promise<void> {
  const email = comparedEmail(body.email);
  const wrong = emailError(body.email);
  const { email: formerEmail, locale } = await requireCurrent(
    ctx,
    account,
    'password',
    body.password,
    async () => (wrong ? [wrong] : []),
  );
  const now = ctx.clock.now();
  await countMailsTo(ctx, 'change', { email, address }, now);
  const id = randomUUID();
  await ctx.db.transaction(async (tx) => {
    await queries.addChange(tx, { id, accountId: account.id, formerEmail, email, createdAt: now });
    const to = { role: 'account', email, name: '', locale };
    await queueMails(
      tx,
      ctx,
      [{ kind: emailChangeMail, subjectId: id, reason: 'new', to, content: {} }],
      now,
    );
  });
}

/** Returns the change that a link to prove its new address is of, or null if the token is no such link. */
export async function findChangeByToken(
  { db, links, clock }: Pick<Context, 'db' | 'links' | 'clock'>,
  token: string,
): Promise<queries.EmailChange | null> {
  const id = links.claimedId(token);
  if (id === null || !links.matches(token, changePurpose, id, 1)) return null;
  const change = await queries.findChange(db, id);
  const isOpen = change?.provenAt === null && change.createdAt > unprovenBefore(clock.now());
  if (!isOpen) throw refuse('link_not_valid', { isOutdated: true });
  return change;
}

/**
 * Gives the account the address that was proven: ends its sessions, logs this browser in, moves the requests that guests
 * sent with the address to it, and mails the former address a link that undoes it. Refuses `link_not_valid` if another
 * account has the address by now, `invalid_credentials` if the password is no longer `passwordHash`, and, unless the
 * account is logged in, what `requireCode` does.
 */
export async function proveChange(
  ctx: Context,
  change: queries.EmailChange,
  owner: { passwordHash: string | undefined; isLoggedIn: boolean; code: string | undefined },
  visit: Visit,
): Promise<Entry> {
  const { db, clock, hooks } = ctx;
  const { accountId, email, formerEmail } = change;
  if (owner.code !== undefined) await countCode(ctx, { id: accountId }, false);
  return db.transaction(async (tx) => {
    const at = clock.now();
    const account = await queries.moveAddress(tx, accountId, { from: formerEmail, to: email });
    if (!account) throw refuse('link_not_valid');
    if (account.passwordHash !== owner.passwordHash) throw refuse('invalid_credentials');
    if (!owner.isLoggedIn) await requireCode(tx, ctx, account, owner.code);
    const { buyerId, name, locale } = account;
    await queries.markProven(tx, change, at);
    await deleteRegistrations(tx, email);
    await useUpResets(tx, formerEmail);
    await ctx.sessions.endAll(tx, accountId);
    const entry = await enter(tx, ctx, visit, account);
    if (buyerId !== null) await hooks.run(tx, addressProven, { buyerId, provenEmail: email, at });
    const to = { role: 'account', email: formerEmail, name, locale };
    await queueMails(
      tx,
      ctx,
      [{ kind: emailChangedMail, subjectId: change.id, reason: 'former', to, content: {} }],
      at,
    );
    return entry;
  });
}

/**
 * Gives the account its former address back. The person who changed it knew the password, so that no longer works: all
 * sessions end, and the former address gets a link to a new one. Refuses `link_not_valid`.
 */
export async function undoEmailChange(ctx: Context, token: string): Promise<void> {
  const { db, clock } = ctx;
  const { accountId, email, formerEmail } = await findUndoByToken(ctx, token);
  const passwordHash = await hashPassword(randomBytes(24).toString('base64url'));
  await db.transaction(async (tx) => {
    const account = await queries.moveAddress(tx, accountId, { from: email, to: formerEmail });
    if (!account) throw refuse('link_not_valid');
    await queries.deleteChanges(tx, accountId);
    await accounts.updateAccount(tx, accountId, { passwordHash });
    await ctx.sessions.endAll(tx, accountId);
    await useUpResets(tx, email);
    await queueReset(tx, ctx, formerEmail, clock.now());
  });
}

/** Returns the change that a link undoes. Refuses `link_not_valid`. */
export async function findUndoByToken(
  { db, links, clock }: Pick<Context, 'db' | 'links' | 'clock'>,
  token: string,
): Promise<queries.EmailChange> {
  const id = links.claimedId(token);
  if (id === null || !links.matches(token, undoPurpose, id, 1)) throw refuse('link_not_valid');
  const change = await queries.findChange(db, id);
  const isOpen = !!change?.provenAt && change.provenAt > finalBefore(clock.now());
  if (!isOpen) throw refuse('link_not_valid', { isOutdated: true });
  return change;
}

/** Deletes changes that nobody proved in time, and those that can't be undone any more. */
export async function forgetOldChanges({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await queries.deleteOldChanges(db, { unproven: unprovenBefore(now), final: finalBefore(now) });
}
