import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { applyEvent } from './advance.ts';
import type { Leg } from './leg-status.ts';
import { type LockedCall, lockedCall, saveCall } from './locked-call.ts';
import * as queries from './queries.ts';
import { isGivenUp } from './rules.ts';

/**
 * Locks a call, changes it and writes it back, in its own transaction. Returns `change`'s result; null if unknown. A call
 * that is too late to ring a phone is ended first, and `change` finds it closed.
 */
export function withCall<T>(
  ctx: Context,
  callId: string,
  change: (locked: LockedCall) => Promise<T> | T,
): Promise<T | null> {
  return ctx.db.transaction((tx) => changeCall(tx, ctx, callId, ctx.clock.now(), change));
}

/** Does the same as `withCall` for the call of a leg. */
export async function withCallOfLeg<T>(
  ctx: Context,
  legId: string,
  change: (locked: LockedCall, leg: Leg) => Promise<T> | T,
): Promise<T | null> {
  const callId = await queries.callOfLeg(ctx.db, legId);
  if (callId === null) return null;
  return withCall(ctx, callId, (locked) => {
    const leg = locked.legs.find(({ id }) => id === legId);
    return leg ? change(locked, leg) : null;
  });
}

/** Does the same as `withCall` in the caller's transaction, as of `now`. */
export async function changeCall<T>(
  tx: Db,
  ctx: Context,
  callId: string,
  now: Date,
  change: (locked: LockedCall) => Promise<T> | T,
): Promise<T | null> {
  const call = await queries.lockCall(tx, callId);
  if (!call) return null;
  const locked = lockedCall(tx, ctx, call, await queries.lockLegs(tx, callId), now);
  if (isGivenUp(call, now)) await applyEvent(locked, 'given_up', { actor: 'system' });
  const result = await change(locked);
  await saveCall(locked);
  return result;
}

/** Ends the call if it is too late to ring a phone for it. */
export async function endIfGivenUp(
  ctx: Context,
  call: Pick<queries.CallRow, 'id' | 'state' | 'deadlineAt'>,
): Promise<void> {
  if (isGivenUp(call, ctx.clock.now())) await withCall(ctx, call.id, () => null);
}
