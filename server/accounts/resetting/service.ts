import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import { comparedEmail } from '#server/platform/emails.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import { emailError } from '../addresses/rules.ts';
import { passwordResetMail } from '../events.ts';
import { countMailsTo } from '../limits.ts';
import { requireGoodPassword, storePassword } from '../passwords/service.ts';
import * as accounts from '../queries.ts';
import { refuse, refuseWrong } from '../refusals.ts';
import * as queries from './queries.ts';
import { resetsExpiredBefore } from './rules.ts';

export const resetPurpose = 'reset password';

/**
 * Queues a mail with a link to a new password; the worker withdraws it if the address has no account, so that nobody
 * learns here whether it has. Refuses `invalid_input` at `email`, and `too_many`.
 */
export async function requestPasswordReset(ctx: Context, typed: string, address: string): Promise<void> {
  const wrong = emailError(typed);
  if (wrong) throw refuseWrong([wrong]);
  const email = comparedEmail(typed);
  const now = ctx.clock.now();
  await countMailsTo(ctx, 'reset', { email, address }, now);
  await ctx.db.transaction((tx) => queueReset(tx, ctx, email, now));
}

/** Queues the mail with the link. */
export async function queueReset(
  tx: Db,
  ctx: Pick<Context, 'config' | 'jobs'>,
  email: string,
  now: Date,
): Promise<void> {
  const id = randomUUID();
  await queries.addReset(tx, { id, email, createdAt: now });
  // The template writes in the account's language.
  const to = { role: 'account', email, name: '', locale: 'en' };
  await queueMails(
    tx,
    ctx,
    [{ kind: passwordResetMail, subjectId: id, reason: 'sent', to, content: {} }],
    now,
  );
}

/**
 * Sets a new password and ends all sessions of the account. Refuses `link_not_valid` unless the link is of the last hour
 * and was never used, and what `requireGoodPassword` does.
 */
export async function resetPassword(ctx: Context, token: string, password: string): Promise<void> {
  const { db } = ctx;
  const { reset, account } = await findResetByToken(ctx, token);
  await requireGoodPassword('password', password, account);
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const usedUp = await queries.useUpResets(tx, reset.email);
    // Somebody was faster.
    const isFirst = usedUp.includes(reset.id) && (await storePassword(tx, ctx, account, passwordHash));
    if (!isFirst) throw refuse('link_not_valid');
  });
}

/** Returns what a link to a new password is for. Refuses `link_not_valid`. */
export async function findResetByToken(
  ctx: Pick<Context, 'db' | 'links' | 'clock'>,
  token: string,
): Promise<{ reset: queries.PasswordReset; account: accounts.StoredAccount }> {
  const reset = await findByToken(ctx, token);
  const account = await accounts.credentials(ctx.db, reset.email);
  if (!account) throw refuse('link_not_valid');
  return { reset, account };
}

async function findByToken(
  { db, links, clock }: Pick<Context, 'db' | 'links' | 'clock'>,
  token: string,
): Promise<queries.PasswordReset> {
  const id = links.claimedId(token);
  if (id === null || !links.matches(token, resetPurpose, id, 1)) throw refuse('link_not_valid');
  const reset = await queries.findReset(db, id);
  const isOpen = reset !== null && reset.createdAt > resetsExpiredBefore(clock.now());
  if (!isOpen) throw refuse('link_not_valid', { isOutdated: true });
  return reset;
}

/** Deletes requests whose link has expired. */
export async function forgetExpiredResets({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await queries.deleteExpiredResets(db, resetsExpiredBefore(clock.now()));
}
