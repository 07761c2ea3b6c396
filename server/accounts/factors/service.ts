import encodeQR from 'qr';
import type { Context } from '#server/context.ts';
import { hasFactor, requiresFactor } from '#server/platform/auth/second-factor.ts';
import type { Account, WithCookies } from '#server/platform/auth/sessions.ts';
import { challengesExpiredBefore } from '../passkeys/ceremonies.ts';
import { deleteOldChallenges, listPasskeys } from '../passkeys/queries.ts';
import { passkeyView } from '../passkeys/service.ts';
import { requireCurrent } from '../passwords/current.ts';
import { holdPassword } from '../queries.ts';
import { refuse, refuseField } from '../refusals.ts';
import type { RecoveryCodes, TwoFactor, TwoFactorSecret } from '../schema.ts';
import { countCode, refuseWrongCode, renewCodes, secretContext, stepOfFactor } from './codes.ts';
import { mailFactorChange } from './mails.ts';
import * as queries from './queries.ts';
import { loginsExpiredBefore, newSecret, pendingExpiredBefore, readCode, writeSecret } from './rules.ts';

/** Returns the second factors of the logged-in account. */
export async function twoFactor({ db, config }: Context, { id, role }: Account): Promise<TwoFactor> {
  const totp = await queries.findTotp(db, id);
  return {
    totpSince: totp?.confirmedAt?.toISOString() ?? null,
    passkeys: (await listPasskeys(db, id)).map(passkeyView),
    recoveryCodesLeft: await queries.countRecoveryCodes(db, id),
    required: requiresFactor(config, role),
  };
}

/**
 * Returns a secret for an authenticator app, the same for an hour, which counts only once `confirmTwoFactor` has had a code
 * of it. Refuses `second_factor_on`.
 */
export async function startTwoFactor(ctx: Context, { id, email }: Account): Promise<TwoFactorSecret> {
  const { db, clock, secrets } = ctx;
  const now = clock.now();
  const secret = await db.transaction(async (tx) => {
    await queries.lockAccount(tx, id);
    const known = await queries.findTotp(tx, id);
    if (known?.confirmedAt) throw refuse('second_factor_on');
    const isPending = known !== null && known.createdAt > pendingExpiredBefore(now);
    const pending = isPending ? secrets.open(known.sealedSecret, secretContext(id)) : null;
    if (pending) return pending;
    const fresh = newSecret();
    const sealedSecret = secrets.seal(fresh, secretContext(id));
    await queries.storePending(tx, { accountId: id, sealedSecret, createdAt: now });
    return fresh;
  });
  const written = writeSecret(secret, email);
  return { ...written, qr: encodeQR(written.uri, 'svg', { ecc: 'medium', border: 4 }) };
}

/**
 * Makes the secret a factor by a first code, ends the account's sessions in other browsers, and returns recovery codes,
 * which can't be seen again. Refuses `wrong_code` at `code`, `second_factor_on`, `second_factor_off` if nothing was
 * started, and `too_many`.
 */
export async function confirmTwoFactor(
  ctx: Context,
  { id }: Account,
  typed: string,
  visit: WithCookies,
): Promise<RecoveryCodes> {
  const uncountRight = await countCode(ctx, { id }, true);
  const confirmed = await ctx.db.transaction(async (tx) => {
    const account = await queries.lockAccount(tx, id);
    const pending = await queries.findTotp(tx, id);
    if (pending?.confirmedAt) throw refuse('second_factor_on');
    if (!account || !pending) throw refuse('second_factor_off');
    const code = readCode(typed);
    const step = code?.kind === 'totp' ? stepOfFactor(ctx, pending, code.code) : null;
    if (step === null) throw refuseWrongCode('wrong_code');
    await queries.confirmTotp(tx, id, step, ctx.clock.now());
    await ctx.sessions.endAll(tx, id, visit);
    await mailFactorChange(tx, ctx, account, { what: 'appAdded' });
    return { recoveryCodes: await renewCodes(tx, ctx, id) };
  });
  await uncountRight();
  return confirmed;
}

/** Removes the app, and with the last factor the recovery codes. Refuses `invalid_credentials` at `password`. */
export async function endTwoFactor(ctx: Context, owner: Account, password: string): Promise<void> {
  const { id } = owner;
  const stored = await requireCurrent(ctx, owner, 'password', password);
  await ctx.db.transaction(async (tx) => {
    const account = await queries.lockAccount(tx, id);
    if (!account || !(await holdPassword(tx, stored))) throw refuseField('password', 'invalid_credentials');
    if (!(await queries.deleteTotp(tx, id))) return;
    if (!(await hasFactor(tx, id))) await queries.replaceRecoveryCodes(tx, id, []);
    await mailFactorChange(tx, ctx, account, { what: 'appRemoved' });
  });
}

/**
 * Returns a new set of recovery codes; the former one no longer works. Refuses `invalid_credentials` at `password`, and
 * `second_factor_off`.
 */
export async function renewRecoveryCodes(
  ctx: Context,
  owner: Account,
  password: string,
): Promise<RecoveryCodes> {
  const { id } = owner;
  const stored = await requireCurrent(ctx, owner, 'password', password);
  return ctx.db.transaction(async (tx) => {
    const account = await queries.lockAccount(tx, id);
    if (!account || !(await holdPassword(tx, stored))) throw refuseField('password', 'invalid_credentials');
    if (!(await hasFactor(tx, id))) throw refuse('second_factor_off');
    await mailFactorChange(tx, ctx, account, { what: 'codesRenewed' });
    return { recoveryCodes: await renewCodes(tx, ctx, id) };
  });
}

/** Deletes what was begun and not finished in time. */
export async function forgetUnfinished({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await queries.deleteExpiredLogins(db, loginsExpiredBefore(now));
  await queries.deletePendingTotp(db, pendingExpiredBefore(now));
  await deleteOldChallenges(db, challengesExpiredBefore(now));
}
