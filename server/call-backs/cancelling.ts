import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import { stopConnecting } from '#server/calls/service.ts';
import { callBackCancelled } from './events.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';

/**
 * Cancels a call-back and ends its call unless it is a conversation already. Idempotent. Refuses `not_found`,
 * `call_back_closed`.
 */
export async function cancelCallBack(ctx: Context, buyerId: string, id: string): Promise<void> {
  const at = ctx.clock.now();
  const callId = await ctx.db.transaction(async (tx) => {
    const row = await queries.lockOwn(tx, buyerId, id);
    if (!row) throw refuse('not_found');
    // After a crash between the two transactions a repetition does the second.
    if (row.status === 'cancelled') return queries.findLiveCall(tx, buyerId, id);
    if (row.status !== 'open' && row.status !== 'calling') throw refuse('call_back_closed');
    await queries.updateCallBack(tx, id, { status: 'cancelled', statusAt: at });
    await record(tx, [callBackCancelled({ actor: `buyer:${buyerId}`, at, payload: { callBackId: id } })]);
    await announce(tx, [`vendor:${row.vendorId}`]);
    return row.status === 'calling' ? queries.findLiveCall(tx, buyerId, id) : null;
  });
  // In another transaction: the lock order is call before call-back.
  if (callId !== null) await stopConnecting(ctx, buyerId, callId);
}
