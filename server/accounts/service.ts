import { setTimeout } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { hashPassword, isPassword } from '#server/platform/auth/passwords.ts';
import type { Visit, WithCookies } from '#server/platform/auth/sessions.ts';
import { comparedEmail } from '#server/platform/emails.ts';
import { hasFactor } from '#server/platform/auth/second-factor.ts';
import { countOrRefuse, highestCount, resetCounters, uncount } from '#server/platform/limits.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { enter, type EnteredAccount, type Entry, knownBrowserOf } from './entering/service.ts';
import { countCode, requireCode } from './factors/codes.ts';
import { mailFactorChange } from './factors/mails.ts';
import * as factors from './factors/queries.ts';
import { beginStep, type PendingLogin } from './factors/steps.ts';
import { deletePasskeys } from './passkeys/queries.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import type { Me } from './schema.ts';

/**
 * Adds an account unless the address has one. The caller has verified the address. Managers and agents need a
 * `vendorId`, agents an `agentId`.
 */
export async function addAccount(
  db: Db,
  account: Omit<queries.NewAccount, 'passwordHash' | 'buyerId'> & { password: string },
): Promise<void> {
  const { password, ...rest } = account;
  const email = account.email.toLowerCase();
  if (await queries.credentials(db, email)) return;
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const buyerId = account.role === 'buyer' ? await buyers.createBuyer(tx) : null;
    await queries.addAccount(tx, { ...rest, email, passwordHash, buyerId });
  });
}

interface Credentials {
  email: string;
  password: string;
  /** Of the second factor. */
  code?: string;
}

/** Where a login comes from. */
export interface LoginOrigin {
  /** The client's network. */
  address: string;
  /** The secret of a browser that has logged in before. */
  knownBrowser: string | undefined;
}

const windowSeconds = 900;
/** A whole office may share one address. */
const addressFactor = 10;
/** Far more than a person types, and far less than guessing a password takes. */
const accountFactor = 100;
const slowedMs = 1_000;

/**
 * Returns the account of these credentials. Refuses `invalid_credentials`, equally slowly for a wrong address and a wrong
 * password, and `too_many`. Guesses at one account count per address, so that they don't keep its owner out: beyond the
 * limit, logins from elsewhere only take longer, and a browser that was logged in before has a count of its own.
 * Counts attempts before checking them, so that concurrent ones count, and uncounts good ones.
 */
async function authenticate(
  ctx: Pick<Context, 'db' | 'clock' | 'config' | 'links'>,
  { email, password }: Credentials,
  from: LoginOrigin,
): Promise<queries.StoredAccount> {
  const { db, clock, config } = ctx;
  const now = clock.now();
  const compared = comparedEmail(email);
  const emailHash = sha256(compared).toString('base64url');
  const account = await queries.credentials(db, compared);
  const isKnown = account !== null && from.knownBrowser === knownBrowserOf(ctx, account);
  const perAccount = config.limits.loginsPerQuarterHour;
  const ofAccount = { key: `login:account:${emailHash}`, max: perAccount * accountFactor };
  const limits = isKnown
    ? [{ key: `login:known:${emailHash}`, max: perAccount }]
    : [
        { key: `login:from:${emailHash}:${from.address}`, max: perAccount },
        { key: `login:address:${from.address}`, max: perAccount * addressFactor },
        ofAccount,
      ];
  for (const { key, max } of limits) {
    const count = await countOrRefuse(db, key, { max, windowSeconds }, now);
    if (key === ofAccount.key && count > perAccount) await setTimeout(slowedMs);
  }
  if (!(await isPassword(password, account?.passwordHash ?? null)) || !account) {
    throw refuse('invalid_credentials');
  }
  for (const { key } of limits) await uncount(db, key, windowSeconds, now);
  return account;
}

const countersOf = (email: string) => {
  const hash = sha256(comparedEmail(email)).toString('base64url');
  return {
    whole: [`login:account:${hash}`, `login:known:${hash}`],
    /** One for each network that logins came from. */
    begun: `login:from:${hash}:`,
  };
};

/** Forgets wrong passwords of an address, so that its owner can log in again. */
export async function unlockLogins(tx: Db, email: string): Promise<void> {
  await resetCounters(tx, countersOf(email));
}

/** Returns whether logins of an address are refused or slowed now because of wrong passwords. */
export async function isThrottled(
  db: Db,
  { limits }: Pick<Context['config'], 'limits'>,
  email: string,
  now: Date,
): Promise<boolean> {
  return (await highestCount(db, countersOf(email), windowSeconds, now)) >= limits.loginsPerQuarterHour;
}

/**
 * Logs a browser in; an account with a second factor only with a code of it, else `finishLogin` goes on. Refuses as
 * `authenticate` does, also if the password was changed since it was compared, and `second_factor_required` for a wrong
 * code.
 */
export async function login(
  ctx: Context,
  credentials: Credentials,
  visit: Visit,
  from: LoginOrigin,
): Promise<Entry | PendingLogin> {
  const { code } = credentials;
  const account = await authenticate(ctx, credentials, from);
  const isKnown = from.knownBrowser === knownBrowserOf(ctx, account);
  const uncountRight = code === undefined ? undefined : await countCode(ctx, account, isKnown);
  const entry = await ctx.db.transaction(async (tx) => {
    if (!(await queries.holdPassword(tx, account))) throw refuse('invalid_credentials');
    if (code === undefined && (await hasFactor(tx, account.id))) return beginStep(tx, ctx, account);
    await requireCode(tx, ctx, account, code);
    return enter(tx, ctx, visit, account);
  });
  await uncountRight?.();
  return entry;
}

/**
 * Removes all second factors of an account whose owner has lost them, with its recovery codes, sessions and logins that wait,
 * and mails the owner. Returns false if it has none.
 */
export async function resetFactors(tx: Db, ctx: Context, id: string): Promise<boolean> {
  const account = await factors.lockAccount(tx, id);
  if (!account || !(await hasFactor(tx, id))) return false;
  await factors.deleteTotp(tx, id);
  await deletePasskeys(tx, id);
  await factors.replaceRecoveryCodes(tx, id, []);
  await factors.deletePendingLogins(tx, id);
  await ctx.sessions.endAll(tx, id);
  await mailFactorChange(tx, ctx, account, { what: 'factorReset' });
  return true;
}

/**
 * Ends the session, if there is one, and gives its browser a new buyer, whatever the account's role. Returns the secret
 * for the browser's cookie; null: unchanged.
 */
export async function logout(ctx: Context, visit: WithCookies): Promise<string | null> {
  return ctx.db.transaction(async (tx) => {
    if (!(await ctx.sessions.end(tx, visit))) return null;
    return giveNewBuyer(tx, ctx, visit);
  });
}

/** As `logout`, of a browser whose account has just been erased with its sessions. */
export const browserLeft = (ctx: Context, visit: WithCookies): Promise<string | null> =>
  ctx.db.transaction((tx) => giveNewBuyer(tx, ctx, visit));

async function giveNewBuyer(tx: Db, ctx: Context, visit: WithCookies): Promise<string | null> {
  await buyers.resetBrowser(tx, ctx, visit);
  return buyers.renewBrowser(tx, ctx, visit);
}

/** Returns an account as its owner sees it. */
export function me(account: EnteredAccount): Me {
  const { id, email, name, company, role, locale, currency, vendorId, agentId } = account;
  return {
    ...{ id, email, name, company, role, locale, currency },
    vendorId: vendorId === null ? null : String(vendorId),
    agentId: agentId === null ? null : String(agentId),
  };
}
