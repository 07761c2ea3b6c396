import type { Db } from '#db/client.ts';
import type { GuestLogin } from '#server/buyers/events.ts';
import * as queries from './queries.ts';
import { planMerge } from './rules.ts';

/** Moves the solutions that a guest has not sent to the account that logs in (`guestLoggedIn`). */
export async function moveToAccount(tx: Db, { guestId, buyerId }: GuestLogin): Promise<void> {
  const merge = planMerge(await queries.unsentOf(tx, guestId, buyerId));
  if (merge.saved !== null) await queries.save(tx, merge.saved);
  if (merge.dropped !== null) await queries.drop(tx, merge.dropped);
  await queries.move(tx, merge.moved, buyerId, merge.current);
}

/** Moves solutions that were sent, with the requests that they became. */
export async function moveSent(tx: Db, solutionIds: readonly string[], buyerId: string): Promise<void> {
  await queries.move(tx, solutionIds, buyerId, null);
}
