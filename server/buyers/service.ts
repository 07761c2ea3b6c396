import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { WithCookies } from '#server/platform/auth/sessions.ts';
import { refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { tokenHashOf } from './browsers.ts';
import { buyerMerged, guestLoggedIn } from './events.ts';
import * as queries from './queries.ts';

export { create } from './queries.ts';

/**
 * Makes verbs of one buyer wait for each other until the transaction ends. Refuses `not_found` where its browser has
 * just logged in.
 */
export async function lock(tx: Db, buyerId: string): Promise<void> {
  if (!(await queries.lock(tx, buyerId))) throw refuse('not_found');
}

/**
 * Makes a login wait until the transaction ends, so that what is started for the guest moves with the rest. Refuses
 * `not_found` where its browser has just logged in.
 */
export async function hold(tx: Db, buyerId: string): Promise<void> {
  if (!(await queries.hold(tx, buyerId))) throw refuse('not_found');
}

export interface JoinedAccount {
  id: string;
  buyerId: string;
  /** In lower case; null: not proven. */
  provenEmail: string | null;
}

/**
 * Moves what follows a browser's guest into the account that logs in there, and gives the browser a fresh buyer, in the
 * transaction of the login. Does nothing in a browser that has started nothing.
 */
export async function join(
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
  await queries.lockOut(tx, [guestId, buyerId]);
  await hooks.run(tx, guestLoggedIn, { guestId, buyerId, provenEmail, at });
  await queries.markMerged(tx, guestId, buyerId);
  await queries.refreshBrowser(tx, browser.id, at);
  await record(tx, [buyerMerged({ actor: `account:${id}`, at, payload: { guestId, buyerId } })]);
}

/** Gives the browser a fresh buyer: what it did as a guest is no longer found in it. */
export async function leave(tx: Db, { clock }: Pick<Context, 'clock'>, visit: WithCookies): Promise<void> {
  const tokenHash = tokenHashOf(visit);
  const browser = tokenHash && (await queries.lockBrowser(tx, tokenHash));
  if (browser) await queries.refreshBrowser(tx, browser.id, clock.now());
}
