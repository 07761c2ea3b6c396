import type { Db } from '#db/client.ts';
import type { AddressProof, GuestLogin } from '#server/buyers/events.ts';
import type { Context } from '#server/context.ts';
import type { Buyer } from '#server/platform/auth/actors.ts';
import * as solutions from '#server/solutions/service.ts';
import { followLink } from './access.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';

/**
 * Moves the requests a guest sent with the account's proven address, and their solutions, to the account that logs in.
 * Other requests may be another person's at a shared computer.
 */
export async function moveToAccount(tx: Db, { guestId, buyerId, provenEmail }: GuestLogin): Promise<void> {
  if (provenEmail === null) return;
  const solutionIds = await queries.moveRequests(tx, { guestId, buyerId, provenEmail });
  await solutions.moveSent(tx, solutionIds, buyerId);
}

/** Moves the requests that guests sent with a proven address, and their solutions, to the account of its owner. */
export async function moveToOwner(tx: Db, { buyerId, provenEmail }: AddressProof): Promise<void> {
  const solutionIds = await queries.moveGuestsRequests(tx, { buyerId, provenEmail });
  await solutions.moveSent(tx, solutionIds, buyerId);
}

/**
 * Moves the request of a follow link to the logged-in account whose address it was sent with; the browser that sent it no
 * longer shows it. Returns its id. Idempotent. Refuses `link_not_valid`, and `not_found` to everybody else.
 */
export async function addToAccount(
  ctx: Context,
  { buyerId, account }: Buyer,
  token: string,
): Promise<string> {
  const { request } = await followLink.resolve(ctx, token);
  if (request.buyerId === buyerId) return request.id;
  if (account?.buyerId !== buyerId) throw refuse('not_found');
  const to = { buyerId, provenEmail: account.email, requestId: request.id };
  await ctx.db.transaction(async (tx) => {
    const solutionIds = await queries.moveGuestsRequests(tx, to);
    if (solutionIds.length === 0) throw refuse('not_found');
    await solutions.moveSent(tx, solutionIds, buyerId);
  });
  return request.id;
}
