import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import type { Account, Visit } from '#server/platform/auth/sessions.ts';
import { sha256 } from '#server/platform/tokens.ts';
import type { StoredAccount } from '../queries.ts';

/** An account as it is stored: its company is read with the next request. */
export type EnteredAccount = Omit<Account, 'member'>;

/** A browser that has been logged in. */
export interface Entry {
  account: EnteredAccount;
  /** Secrets for the browser's cookies; `browserToken` null: unchanged. */
  sessionId: string;
  browserToken: string | null;
  knownBrowser: string;
}

/** Logs a browser in, ends its former session and merges its guest into a buyer's account. */
export async function enter(tx: Db, ctx: Context, visit: Visit, account: StoredAccount): Promise<Entry> {
  const { id, buyerId, email, emailProvenAt } = account;
  const sessionId = await ctx.sessions.begin(tx, visit, account);
  const provenEmail = emailProvenAt && email;
  if (buyerId !== null) await buyers.mergeGuest(tx, ctx, visit, { id, buyerId, provenEmail });
  const browserToken = await buyers.renewBrowser(tx, ctx, visit);
  return { account, sessionId, browserToken, knownBrowser: knownBrowserOf(ctx, account) };
}

/** Returns the secret of browsers in which this account has logged in; it names nobody. */
export const knownBrowserOf = ({ links }: Pick<Context, 'links'>, { id }: { id: string }): string =>
  sha256(links.issue('known browser', id, 1)).toString('base64url');
