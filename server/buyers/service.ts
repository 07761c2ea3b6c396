import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { WithCookies } from '#server/platform/auth/sessions.ts';
import { refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { moveKeys } from '#server/platform/idempotency.ts';
import { sha256 } from '#server/platform/tokens.ts';
import { newToken, tokenHashOf } from './browsers.ts';
import { buyerMerged, guestLoggedIn } from './events.ts';
import * as queries from './queries.ts';

export { createBuyer } from './queries.ts';

/** Locks a buyer, so that its changes don't interleave. Refuses `not_found` if it was just merged by a login or erased. */
export async function lockBuyer(tx: Db, buyerId: string): Promise<void> {
  if (!(await queries.lockBuyer(tx, buyerId))) throw refuse('not_found');
}

/**
 * Delays a login's merge, or an erasure, until the transaction ends, so that it finds what this one inserts. Refuses
 * `not_found` if a login has just merged the buyer, or it was erased.
 */
export async function delayMerge(tx: Db, buyerId: string): Promise<void> {
  if (!(await queries.delayMerge(tx, buyerId))) throw refuse('not_found');
}

/**
 * Locks a buyer for its erasure, also against inserts that reference it, and marks it, so that nothing begins for it any
 * more. What is being started for it comes before.
 */
export async function markErased(tx: Db, buyerId: string, at: Date): Promise<void> {
  await queries.lockForMerge(tx, [buyerId]);
  await queries.markErased(tx, buyerId, at);
}

export interface JoinedAccount {
  id: string;
  buyerId: string;
  /** In lower case; null: not proven. */
  provenEmail: string | null;
}

/**
 * Moves the data of a browser's guest into the account that logs in, and gives the browser a new buyer. A no-op for a
 * browser without a buyer.
 */
export async function mergeGuest(
  tx: Db,
  { hooks, clock }: Pick<Context, 'hooks' | 'clock'>,
  visit: WithCookies,
  { id, buyerId, provenEmail }: JoinedAccount,
): Promise<void> {
  const tokenHash = tokenHashOf(visit);
  const browser = tokenHash && (await queries.lockBrowser(tx, tokenHash));
  if (!browser) return;
  const at = clock.now();
  const guestId = browser.buyerId;
  await queries.lockForMerge(tx, [guestId, buyerId]);
  await hooks.run(tx, guestLoggedIn, { guestId, buyerId, provenEmail, at });
  await queries.markMerged(tx, guestId, buyerId);
  await queries.giveNewBuyer(tx, browser.id, at);
  // A page that repeats a request after the login gets the first answer.
  await moveKeys(tx, `buyer:${guestId}`, `buyer:${buyerId}`);
  await record(tx, [buyerMerged({ actor: `account:${id}`, at, payload: { guestId, buyerId } })]);
}

/** Gives the browser a new buyer, so that it no longer shows the former one's data. */
export async function resetBrowser(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  visit: WithCookies,
): Promise<void> {
  const tokenHash = tokenHashOf(visit);
  const browser = tokenHash && (await queries.lockBrowser(tx, tokenHash));
  if (!browser) return;
  // Wait for what is being started for this buyer, so that it is left behind as well.
  await queries.lockForMerge(tx, [browser.buyerId]);
  await queries.giveNewBuyer(tx, browser.id, clock.now());
}

/**
 * Gives the browser a new secret, so that one planted in it or copied from it before leads to nothing. Returns the
 * secret for its cookie; null for a browser without a buyer. Must be called last, as the others find the browser by the
 * old one.
 */
export async function renewBrowser(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  visit: WithCookies,
): Promise<string | null> {
  const old = tokenHashOf(visit);
  const token = newToken();
  const isRenewed = old !== null && (await queries.changeToken(tx, old, sha256(token), clock.now()));
  return isRenewed ? token : null;
}
