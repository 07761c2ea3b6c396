import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { hashPassword, isPassword } from '#server/platform/auth/passwords.ts';
import type { Account, WithCookies } from '#server/platform/auth/sessions.ts';
import { countOrRefuse, giveBack } from '#server/platform/limits.ts';
import { sha256 } from '#server/platform/tokens.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import type { Me } from './schema.ts';

/**
 * Adds an account unless the address has one; the caller vouches for the address. Managers and agents name their vendor,
 * agents their agent row.
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
    const buyerId = account.role === 'buyer' ? await buyers.create(tx) : null;
    await queries.addAccount(tx, { ...rest, email, passwordHash, buyerId });
  });
}

interface Credentials {
  email: string;
  password: string;
}

const windowSeconds = 900;
/** Behind one address may be a whole office. */
const addressFactor = 10;

/**
 * Returns the account of these credentials. Refuses `invalid_credentials`, in the same time whether the address or the
 * password is wrong, and `too_many` after too many failures for one account or from one address. Counts each attempt
 * before it is judged, so that attempts made at once count too; a right one is given back.
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
  for (const { key } of limits) await giveBack(db, key, windowSeconds, now);
  return account;
}

/**
 * Logs in and ends the session that the browser had. What the browser's guest has moves into a buyer's account in the
 * same transaction. Refuses as `authenticate` does. Returns the id of the session, which is for the browser alone.
 */
export async function login(
  ctx: Context,
  credentials: Credentials,
  visit: WithCookies,
  clientAddress: string,
): Promise<{ account: Account; sessionId: string }> {
  const account = await authenticate(ctx, credentials, clientAddress);
  const { id, buyerId, email, emailProvenAt } = account;
  const provenEmail = emailProvenAt && email;
  const sessionId = await ctx.db.transaction(async (tx) => {
    const begun = await ctx.sessions.begin(tx, visit, id);
    if (buyerId !== null) await buyers.join(tx, ctx, visit, { id, buyerId, provenEmail });
    return begun;
  });
  return { account, sessionId };
}

/** Ends the session, if there is one, and gives its browser a fresh buyer, whatever the account's role. */
export async function logout(ctx: Context, visit: WithCookies): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if (await ctx.sessions.end(tx, visit)) await buyers.leave(tx, ctx, visit);
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
