import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import * as solutions from '#server/solutions/service.ts';
import { applyEvent } from './machine/advance.ts';
import { withCall } from './machine/changing.ts';
import type { Leg } from './machine/leg-status.ts';
import { addSeconds, agentLegOf, changeLeg, type LockedCall } from './machine/locked-call.ts';
import { wrapUpSeconds } from './machine/rules.ts';
import { refuse } from './refusals.ts';

/** Changes a buyer's call. Refuses `not_found` if it isn't theirs. */
function changeAsBuyer(
  ctx: Context,
  buyerId: string,
  callId: string,
  change: (locked: LockedCall) => Promise<unknown>,
): Promise<void> {
  return changeKnown(ctx, callId, async (locked) => {
    if (locked.call.buyerId !== buyerId) throw refuse('not_found');
    await change(locked);
  });
}

/** Changes a call that was offered to the agent, by their last leg. Refuses `not_found` for other calls. */
function changeAsAgent(
  ctx: Context,
  agentId: number,
  callId: string,
  change: (locked: LockedCall, leg: Leg) => Promise<void> | void,
): Promise<void> {
  return changeKnown(ctx, callId, async (locked) => {
    const leg = locked.legs.findLast((one) => one.agentId === agentId);
    if (!leg) throw refuse('not_found');
    await change(locked, leg);
  });
}

async function changeKnown(
  ctx: Context,
  callId: string,
  change: (locked: LockedCall) => Promise<void>,
): Promise<void> {
  const isFound =
    isUuid(callId) && (await withCall(ctx, callId, (locked) => change(locked).then(() => true)));
  if (!isFound) throw refuse('not_found');
}

/** Ends the buyer's call in any state. Idempotent. Refuses `not_found`. */
export function hangUpAsBuyer(ctx: Context, buyerId: string, callId: string): Promise<void> {
  return changeAsBuyer(ctx, buyerId, callId, (locked) =>
    applyEvent(locked, 'visitor_hung_up', { actor: 'visitor' }),
  );
}

/** Ends the buyer's call unless it is a conversation already. Refuses `not_found`. */
export function stopConnecting(ctx: Context, buyerId: string, callId: string): Promise<void> {
  return changeAsBuyer(ctx, buyerId, callId, async (locked) => {
    if (locked.call.state !== 'bridged') await applyEvent(locked, 'visitor_hung_up', { actor: 'visitor' });
  });
}

/**
 * Shows the agent the lines of the buyer's current solution that ask this vendor, or stops showing them. Refuses
 * `not_found`, `call_over`, and `nothing_to_share` without such a line.
 */
export function shareSolution(
  ctx: Context,
  buyerId: string,
  callId: string,
  isShared: boolean,
): Promise<void> {
  return changeAsBuyer(ctx, buyerId, callId, async (locked) => {
    const { call, tx } = locked;
    if (call.state === 'closed') throw refuse('call_over');
    locked.isChanged = true;
    call.sharedSolutionId = null;
    if (!isShared) return;
    const current = await solutions.findCurrentAsking(tx, buyerId, call.vendorId);
    if (!current?.asks) throw refuse('nothing_to_share');
    call.sharedSolutionId = current.id;
  });
}

/** Passes the call on to the next agent before it is accepted. Refuses `not_found`, `call_not_yours_now`. */
export function declineCall(ctx: Context, agentId: number, callId: string): Promise<void> {
  return changeAsAgent(ctx, agentId, callId, async (locked, leg) => {
    if (leg.result === 'declined') return;
    const isCurrent = leg === agentLegOf(locked) && leg.result === null;
    if (!isCurrent || !(await applyEvent(locked, 'agent_declined', { actor: 'agent' })))
      throw refuse('call_not_yours_now');
  });
}

/** Ends the call that the agent accepted. Idempotent. Refuses `not_found`, `call_not_yours_now`. */
export function hangUpAsAgent(ctx: Context, agentId: number, callId: string): Promise<void> {
  return changeAsAgent(ctx, agentId, callId, async (locked, leg) => {
    if (leg.result !== 'accepted') throw refuse('call_not_yours_now');
    await applyEvent(locked, 'agent_hung_up', { actor: 'agent' });
  });
}

/** Writes the note of the agent who accepted the call. Refuses `not_found`, `call_not_yours_now`. */
export function writeCallNote(ctx: Context, agentId: number, callId: string, note: string): Promise<void> {
  return changeAsAgent(ctx, agentId, callId, (locked, leg) => {
    if (leg.result !== 'accepted') throw refuse('call_not_yours_now');
    locked.call.agentNote = note.trim() || null;
    locked.isChanged = true;
  });
}

/**
 * Extends the wrap-up, once, or finishes it, which is idempotent; an agent who is kept for the buyer stays so. Refuses `not_found`, `call_not_yours_now` during the
 * call, `wrap_up_extended`, and `wrap_up_over`.
 */
export function wrapUpCall(
  ctx: Context,
  agentId: number,
  callId: string,
  action: 'extend' | 'finish',
): Promise<void> {
  return changeAsAgent(ctx, agentId, callId, (locked, leg) => {
    if (leg.result !== 'accepted' || locked.call.state !== 'closed') throw refuse('call_not_yours_now');
    if (action === 'extend' && leg.wrapUpExtended) throw refuse('wrap_up_extended');
    if (leg.releasedAt || !leg.pinnedUntil) {
      if (action === 'extend') throw refuse('wrap_up_over');
      return;
    }
    if (action === 'extend') {
      const pinnedUntil = addSeconds(leg.pinnedUntil, wrapUpSeconds.extension);
      changeLeg(locked, leg, { pinnedUntil, wrapUpExtended: true });
    } else if (leg.keptUntil && leg.keptUntil > locked.now)
      changeLeg(locked, leg, { pinnedUntil: leg.keptUntil });
    else changeLeg(locked, leg, { releasedAt: locked.now, pinnedUntil: null });
    locked.busyChanged.push(agentId);
  });
}
