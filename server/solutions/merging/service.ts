import type { Db } from '#db/client.ts';
import type { GuestLogin } from '#server/buyers/events.ts';
import { moveLists } from '../lists/queries.ts';
import * as queries from './queries.ts';
import { planMerge } from './rules.ts';

/** Moves a guest's unsent solutions and lists to the account that logs in. */
export async function moveToAccount(tx: Db, { guestId, buyerId }: GuestLogin): Promise<void> {
  const merge = planMerge(await queries.findUnsent(tx, guestId, buyerId));
  if (merge.saved !== null) await queries.makeSaved(tx, merge.saved);
  if (merge.dropped !== null) await queries.deleteSolution(tx, merge.dropped);
  await queries.moveSolutions(tx, merge.moved, buyerId, merge.current);
  await moveLists(tx, guestId, buyerId);
}

/** Moves sent solutions to the buyer of their requests. */
export async function moveSent(tx: Db, solutionIds: readonly string[], buyerId: string): Promise<void> {
  await queries.moveSolutions(tx, solutionIds, buyerId, null);
}
