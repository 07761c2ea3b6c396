import type { Db } from '#db/client.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import * as solutions from '#server/solutions/service.ts';
import { happen } from './machine/advance.ts';
import type { Leg } from './machine/legs.ts';
import { wrapUpSeconds } from './machine/rules.ts';
import { agentLegOf, changeLeg, later, load, save, type Work } from './machine/work.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';

/** Changes a call under its lock; `not_found` for one that `isOwn` doesn't know as theirs. */
async function change(
  ctx: Context,
  callId: string,
  run: (work: Work, tx: Db) => Promise<void> | void,
): Promise<void> {
  if (!isUuid(callId)) throw refuse('not_found');
  await ctx.db.transaction(async (tx) => {
    const work = await load(tx, ctx, callId, ctx.clock.now());
    if (!work) throw refuse('not_found');
    await run(work, tx);
    await save(work);
  });
}

/** The caller ends its call, whatever rings; one that is over stays as it is. Refuses `not_found`. */
export function hangUp(ctx: Context, buyerId: string, callId: string): Promise<void> {
  return change(ctx, callId, async (work) => {
    if (work.call.buyerId !== buyerId) throw refuse('not_found');
    await happen(work, 'visitor_hung_up', { actor: 'visitor' });
  });
}

/** The same while phones ring: a conversation goes on. */
export function stopConnecting(ctx: Context, buyerId: string, callId: string): Promise<void> {
  return change(ctx, callId, async (work) => {
    if (work.call.buyerId !== buyerId) throw refuse('not_found');
    if (work.call.state !== 'bridged') await happen(work, 'visitor_hung_up', { actor: 'visitor' });
  });
}

/**
 * The caller lets the agent see the lines of its current solution that ask this vendor, or no longer. Refuses
 * `not_found`, `call_over`, and `nothing_to_share` without such a line.
 */
export function share(ctx: Context, buyerId: string, callId: string, shared: boolean): Promise<void> {
  return change(ctx, callId, async (work, tx) => {
    const { call } = work;
    if (call.buyerId !== buyerId) throw refuse('not_found');
    if (call.state === 'closed') throw refuse('call_over');
    work.changed = true;
    call.sharedSolutionId = null;
    if (!shared) return;
    const current = await solutions.currentFor(tx, buyerId, call.vendorId);
    if (!current?.asks) throw refuse('nothing_to_share');
    call.sharedSolutionId = current.id;
  });
}

/** The agent's own leg of the call, the last if it was called twice; `not_found` for one that never came to it. */
function legOf(work: Work, agentId: number): Leg {
  const leg = work.legs.findLast((one) => one.agentId === agentId);
  if (!leg) throw refuse('not_found');
  return leg;
}

/** The agent passes the call on while its phone rings or asks. Refuses `not_found`, `call_not_yours_now`. */
export function decline(ctx: Context, agentId: number, callId: string): Promise<void> {
  return change(ctx, callId, async (work) => {
    const leg = legOf(work, agentId);
    if (leg.result === 'declined') return;
    const isMine = leg === agentLegOf(work) && leg.result === null;
    if (!isMine || !(await happen(work, 'agent_declined', { actor: 'agent' })))
      throw refuse('call_not_yours_now');
  });
}

/** The agent ends the call it took; one that is over stays as it is. Refuses `not_found`, `call_not_yours_now`. */
export function hangUpAsAgent(ctx: Context, agentId: number, callId: string): Promise<void> {
  return change(ctx, callId, async (work) => {
    const leg = legOf(work, agentId);
    if (leg.result !== 'accepted') throw refuse('call_not_yours_now');
    await happen(work, 'agent_hung_up', { actor: 'agent' });
  });
}

/** What the agent who took the call writes about it. Refuses `not_found`, `call_not_yours_now`. */
export function writeNote(ctx: Context, agentId: number, callId: string, note: string): Promise<void> {
  return change(ctx, callId, (work) => {
    if (legOf(work, agentId).result !== 'accepted') throw refuse('call_not_yours_now');
    work.call.agentNote = note.trim() || null;
    work.changed = true;
  });
}

/**
 * Lengthens the wrap-up, once, or ends it; ending it again changes nothing. Refuses `not_found`, `call_not_yours_now`
 * while the call goes on, `wrap_up_extended` the second time, and `wrap_up_over` when there is nothing to lengthen.
 */
export function wrapUp(
  ctx: Context,
  agentId: number,
  callId: string,
  action: 'extend' | 'finish',
): Promise<void> {
  return change(ctx, callId, (work) => {
    const leg = legOf(work, agentId);
    if (leg.result !== 'accepted' || work.call.state !== 'closed') throw refuse('call_not_yours_now');
    if (action === 'extend' && leg.wrapUpExtended) throw refuse('wrap_up_extended');
    if (leg.releasedAt || !leg.pinnedUntil) {
      if (action === 'extend') throw refuse('wrap_up_over');
      return;
    }
    if (action === 'extend') {
      const pinnedUntil = later(leg.pinnedUntil, wrapUpSeconds.extension);
      changeLeg(work, leg, { pinnedUntil, wrapUpExtended: true });
    } else changeLeg(work, leg, { releasedAt: work.now, pinnedUntil: null });
    work.pinned.push(agentId);
  });
}
