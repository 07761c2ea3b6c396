import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { hashPassword, isPassword } from '#server/platform/auth/passwords.ts';
import type { Account, WithCookies } from '#server/platform/auth/sessions.ts';
import { countOrRefuse, uncount } from '#server/platform/limits.ts';
import { sha256 } from '#server/platform/tokens.ts';
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
}

const windowSeconds = 900;
/** A whole office may share one address. */
const addressFactor = 10;

/**
 * Returns the account of these credentials. Refuses `invalid_credentials`, equally slowly for a wrong address and a wrong
 * password, and `too_many`. Counts attempts before checking them, so that concurrent ones count, and uncounts good ones.
 */
async function authenticate(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  { email, password }: Credentials,
  clientAddress: string,
): Promise<queries.StoredAccount> {
  const address = email.trim().toLowerCase();
  const now = clock.now();
  const perAccount = config.limits.loginsPerQuarterHour;
  const limits = [
    { key: `login:account:${sha256(address).toString('base64url')}`, max: perAccount },
    { key: `login:address:${clientAddress}`, max: perAccount * addressFactor },
  ];
  for (const { key, max } of limits) await countOrRefuse(db, key, { max, windowSeconds }, now);
  const account = await queries.credentials(db, address);
  if (!(await isPassword(password, account?.passwordHash ?? null)) || !account) {
    throw refuse('invalid_credentials');
  }
  for (const { key } of limits) await uncount(db, key, windowSeconds, now);
  return account;
}

/**
 * Logs in, ends the browser's former session and merges its guest into a buyer's account. Refuses as `authenticate`
 * does. `sessionId` and `browserToken` (null: unchanged) are secrets for the browser's cookies.
 */
export async function login(
  ctx: Context,
  credentials: Credentials,
  visit: WithCookies,
  clientAddress: string,
): Promise<{ account: Account; sessionId: string; browserToken: string | null }> {
  const account = await authenticate(ctx, credentials, clientAddress);
  const { id, buyerId, email, emailProvenAt } = account;
  const provenEmail = emailProvenAt && email;
  return ctx.db.transaction(async (tx) => {
    const sessionId = await ctx.sessions.begin(tx, visit, account);
    if (buyerId !== null) await buyers.mergeGuest(tx, ctx, visit, { id, buyerId, provenEmail });
    return { account, sessionId, browserToken: await buyers.renewBrowser(tx, ctx, visit) };
  });
}

/**
 * Ends the session, if there is one, and gives its browser a new buyer, whatever the account's role. Returns the secret
 * for the browser's cookie; null: unchanged.
 */
export async function logout(ctx: Context, visit: WithCookies): Promise<string | null> {
  return ctx.db.transaction(async (tx) => {
    if (!(await ctx.sessions.end(tx, visit))) return null;
    await buyers.resetBrowser(tx, ctx, visit);
    return buyers.renewBrowser(tx, ctx, visit);
  });
}

/** Returns an account as its owner sees it. */
export function me(account: Account): Me {
  const { id, email, name, role, locale, vendorId, agentId } = account;
  return {
    ...{ id, email, name, role, locale },
    vendorId: vendorId === null ? null : String(vendorId),
    agentId: agentId === null ? null : String(agentId),
  };
}
