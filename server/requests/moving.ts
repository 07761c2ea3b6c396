import type { Db } from '#db/client.ts';
import type { AddressProof, GuestLogin } from '#server/buyers/events.ts';
import * as solutions from '#server/solutions/service.ts';
import * as queries from './queries.ts';

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
