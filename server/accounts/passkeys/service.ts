import type { Context } from '#server/context.ts';
import { hasFactor } from '#server/platform/auth/second-factor.ts';
import type { Account, Visit, WithCookies } from '#server/platform/auth/sessions.ts';
import type { Refusal } from '#server/platform/errors.ts';
import { cleanLine } from '#server/platform/typed-text.ts';
import { enter, type Entry, knownBrowserOf } from '../entering/service.ts';
import { countCode, renewCodes } from '../factors/codes.ts';
import { mailFactorChange } from '../factors/mails.ts';
import { lockAccount, replaceRecoveryCodes, takePendingLogin } from '../factors/queries.ts';
import { findStep } from '../factors/steps.ts';
import { requireCurrent } from '../passwords/current.ts';
import { holdPassword } from '../queries.ts';
import { refuse, refuseField, titleOf } from '../refusals.ts';
import * as ceremonies from './ceremonies.ts';
import * as queries from './queries.ts';
import type { AddedPasskey, AddPasskeyBody, Credential, Passkey, PasskeyOptions } from './schema.ts';

const mostPasskeys = 20;

export const passkeyView = ({ id, name, createdAt, usedAt }: queries.StoredPasskey): Passkey => ({
  ...{ id, name, createdAt: createdAt.toISOString() },
  usedAt: usedAt?.toISOString() ?? null,
});

/**
 * Returns what the browser needs to make a passkey, for five minutes. Refuses `invalid_credentials` at `password`, and
 * `too_many_passkeys`.
 */
export async function startPasskey(ctx: Context, owner: Account, password: string): Promise<PasskeyOptions> {
  await requireCurrent(ctx, owner, 'password', password);
  const known = await queries.listPasskeys(ctx.db, owner.id);
  if (known.length >= mostPasskeys) throw refuse('too_many_passkeys');
  return ceremonies.creationOptions(ctx, owner, known);
}

/**
 * Adds the passkey that the browser made. The account's first factor ends its sessions in other browsers and has recovery
 * codes. Refuses `wrong_passkey`, `too_many_passkeys`, and a bad name, which leaves the challenge for another try.
 */
export async function addPasskey(
  ctx: Context,
  { id }: Account,
  { name, credential }: AddPasskeyBody,
  visit: WithCookies,
): Promise<AddedPasskey> {
  const cleaned = requireName(name);
  const made = await ceremonies.madePasskey(ctx, id, credential);
  if (!made) throw refuse('wrong_passkey');
  return ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    if (!account) throw refuse('wrong_passkey');
    if ((await queries.countPasskeys(tx, id)) >= mostPasskeys) throw refuse('too_many_passkeys');
    const isFirst = !(await hasFactor(tx, id));
    const added = await queries.addPasskey(tx, { ...made, name: cleaned, createdAt: ctx.clock.now() });
    if (!added) throw refuse('wrong_passkey');
    if (isFirst) await ctx.sessions.endAll(tx, id, visit);
    await mailFactorChange(tx, ctx, account, { what: 'passkeyAdded' });
    const recoveryCodes = isFirst ? await renewCodes(tx, ctx, id) : [];
    return { ...passkeyView(added), recoveryCodes };
  });
}

/** Gives a passkey another name. Refuses `not_found`, and a bad name at `name`. */
export async function renamePasskey(
  { db }: Pick<Context, 'db'>,
  owner: Account,
  id: string,
  name: string,
): Promise<Passkey> {
  const renamed = await queries.renamePasskey(db, owner.id, id, requireName(name));
  if (!renamed) throw refuse('not_found');
  return passkeyView(renamed);
}

/** Returns a name without control characters. Refuses `invalid_input`, at `name`, if nothing is left. */
function requireName(typed: string): string {
  const name = cleanLine(typed);
  if (name) return name;
  throw refuse('invalid_input', { errors: [{ path: 'name', code: 'required', message: 'is required' }] });
}

/** Refuses a passkey at the second step of a login. */
const refuseWrongPasskey = (): Refusal =>
  refuse('second_factor_required', {
    errors: [{ path: 'passkey', code: 'wrong_passkey', message: titleOf('wrong_passkey') }],
  });

/**
 * Removes a passkey, and with the last factor the recovery codes. Refuses `not_found`, and `invalid_credentials` at
 * `password`.
 */
export async function removePasskey(
  ctx: Context,
  owner: Account,
  passkeyId: string,
  password: string,
): Promise<void> {
  const { id } = owner;
  if (!(await queries.findPasskey(ctx.db, id, passkeyId))) throw refuse('not_found');
  const stored = await requireCurrent(ctx, owner, 'password', password);
  await ctx.db.transaction(async (tx) => {
    const account = await lockAccount(tx, id);
    if (!account || !(await holdPassword(tx, stored))) throw refuseField('password', 'invalid_credentials');
    if (!(await queries.deletePasskey(tx, id, passkeyId))) return;
    if (!(await hasFactor(tx, id))) await replaceRecoveryCodes(tx, id, []);
    await mailFactorChange(tx, ctx, account, { what: 'passkeyRemoved' });
  });
}

/**
 * Returns what the browser needs to finish the login that waits with a passkey, for five minutes. Refuses
 * `login_step_over`, and `not_found` if the account has none.
 */
export async function startPasskeyLogin(ctx: Context, visit: WithCookies): Promise<PasskeyOptions> {
  const { tokenHash, account } = await findStep(ctx, visit);
  const known = await queries.listPasskeys(ctx.db, account.id);
  if (known.length === 0) throw refuse('not_found');
  return ceremonies.requestOptions(ctx, { accountId: account.id, loginHash: tokenHash }, known);
}

/**
 * Finishes a login with a passkey. Refuses `second_factor_required`, naming `wrong_passkey`, `too_many`, and
 * `login_step_over` as `finishLogin` does.
 */
export async function finishLoginWithPasskey(
  ctx: Context,
  credential: Credential,
  visit: Visit,
  knownBrowser: string | undefined,
): Promise<Entry> {
  const { tokenHash, account } = await findStep(ctx, visit);
  const uncountRight = await countCode(ctx, account, knownBrowser === knownBrowserOf(ctx, account));
  const purpose = { accountId: account.id, loginHash: tokenHash };
  const signed = await ceremonies.signedPasskey(ctx, purpose, credential);
  if (!signed) throw refuseWrongPasskey();
  const entry = await ctx.db.transaction(async (tx) => {
    // The account first, as in all that ends its logins.
    await lockAccount(tx, account.id);
    const isFirst = (await takePendingLogin(tx, tokenHash)) !== null;
    if (!isFirst || !(await holdPassword(tx, account))) throw refuse('login_step_over');
    if (!(await queries.usePasskey(tx, signed.passkey, signed.newCounter, ctx.clock.now())))
      throw refuseWrongPasskey();
    return enter(tx, ctx, visit, account);
  });
  await uncountRight();
  return entry;
}
