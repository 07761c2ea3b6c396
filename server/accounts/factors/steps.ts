import { randomBytes } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { loginStepCookie } from '#server/platform/auth/cookies.ts';
import type { Visit, WithCookies } from '#server/platform/auth/sessions.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { enter, type Entry, knownBrowserOf } from '../entering/service.ts';
import { countPasskeys } from '../passkeys/queries.ts';
import { holdPassword, type StoredAccount } from '../queries.ts';
import { refuse } from '../refusals.ts';
import type { SecondStep } from '../schema.ts';
import { countCode, requireCode } from './codes.ts';
import * as queries from './queries.ts';
import { loginsExpiredBefore } from './rules.ts';

/** A login that waits for a second factor. `stepToken`: for the browser's cookie. */
export interface PendingLogin {
  stepToken: string;
}

/** Begins the second step of a login whose password was right. */
export async function beginStep(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  { id, passwordHash }: StoredAccount,
): Promise<PendingLogin> {
  const stepToken = randomBytes(24).toString('base64url');
  await queries.addPendingLogin(tx, {
    ...{ tokenHash: sha256(stepToken), accountId: id, passwordHash, createdAt: clock.now() },
  });
  return { stepToken };
}

/** Returns how the login that waits can be finished. Refuses `login_step_over`. */
export async function secondStep(ctx: Context, visit: WithCookies): Promise<SecondStep> {
  const { account } = await findStep(ctx, visit);
  const totp = await queries.findTotp(ctx.db, account.id);
  const passkey = (await countPasskeys(ctx.db, account.id)) > 0;
  return { totp: totp !== null && totp.confirmedAt !== null, passkey };
}

/**
 * Finishes a login with a code. Refuses `second_factor_required`, naming a wrong code, `too_many`, and `login_step_over`
 * if it is too late, was finished, or the password was changed meanwhile.
 */
export async function finishLogin(
  ctx: Context,
  code: string,
  visit: Visit,
  knownBrowser: string | undefined,
): Promise<Entry> {
  const { tokenHash, account } = await findStep(ctx, visit);
  const uncountRight = await countCode(ctx, account, knownBrowser === knownBrowserOf(ctx, account));
  const entry = await ctx.db.transaction(async (tx) => {
    // The account first, as in all that ends its logins.
    await queries.lockAccount(tx, account.id);
    const isFirst = (await queries.takePendingLogin(tx, tokenHash)) !== null;
    if (!isFirst || !(await holdPassword(tx, account))) throw refuse('login_step_over');
    await requireCode(tx, ctx, account, code);
    return enter(tx, ctx, visit, account);
  });
  await uncountRight();
  return entry;
}

/**
 * Returns the login that waits in this browser, with its account as it was when the password was right. Refuses
 * `login_step_over`.
 */
export async function findStep(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { cookies }: WithCookies,
): Promise<{ tokenHash: Buffer; account: StoredAccount }> {
  const token = cookies[loginStepCookie.name];
  const tokenHash = token && token.length <= 100 ? sha256(token) : null;
  const step = tokenHash && (await queries.findPendingLogin(db, tokenHash));
  const account =
    step && step.createdAt > loginsExpiredBefore(clock.now())
      ? await queries.findOwner(db, step.accountId)
      : null;
  if (!tokenHash || !account || account.passwordHash !== step?.passwordHash) throw refuse('login_step_over');
  return { tokenHash, account };
}
