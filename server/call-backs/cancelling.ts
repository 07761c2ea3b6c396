import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import { stopConnecting } from '#server/calls/service.ts';
import { callBackCancelled } from './events.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';

/**
 * Cancels the call-back; idempotent. Its call is ended while phones ring; a conversation goes on. Refuses `not_found`, and
 * `call_back_closed` once it is over.
 */
export async function cancelCallBack(ctx: Context, buyerId: string, id: string): Promise<void> {
  const at = ctx.clock.now();
  const callId = await ctx.db.transaction(async (tx) => {
    const row = await queries.lockOwn(tx, buyerId, id);
    if (!row) throw refuse('not_found');
    // After a crash between the two transactions the next press does the second.
    if (row.status === 'cancelled') return queries.findLiveCall(tx, buyerId, id);
    if (row.status !== 'open' && row.status !== 'calling') throw refuse('call_back_closed');
    await queries.change(tx, id, { status: 'cancelled', statusAt: at });
    await record(tx, [callBackCancelled({ actor: `buyer:${buyerId}`, at, payload: { callBackId: id } })]);
    await announce(tx, [`vendor:${row.vendorId}`]);
    return row.status === 'calling' ? queries.findLiveCall(tx, buyerId, id) : null;
  });
  // In a transaction of its own: closing a call locks it before its call-back, never the other way round.
  if (callId !== null) await stopConnecting(ctx, buyerId, callId);
}
