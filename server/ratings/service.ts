import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import * as vendors from '#server/vendors/service.ts';
import { callRated } from './events.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import { isRateable } from './rules.ts';
import type { CallRating, RateCallBody } from './schema.ts';

export { isRateable };

/**
 * Rates a buyer's call. The vendor's rating counts `agent`. Refuses `not_found`, `call_already_rated`, and
 * `call_not_rateable` unless it was a conversation that ended within seven days.
 */
export async function rate(
  ctx: Context,
  buyerId: string,
  callId: string,
  { line, agent, comment: given }: RateCallBody,
): Promise<CallRating> {
  const at = ctx.clock.now();
  const comment = given?.trim() || null;
  await ctx.db.transaction(async (tx) => {
    const call = await queries.findOwnCall(tx, buyerId, callId);
    if (!call) throw refuse('not_found');
    if (call.ratedAt) throw refuse('call_already_rated');
    const { id, vendorId, agentId } = call;
    if (agentId === null || !isRateable(call, at)) throw refuse('call_not_rateable');
    const isFirst = await queries.addRating(tx, { callId: id, vendorId, agentId, line, agent, comment, at });
    if (!isFirst) throw refuse('call_already_rated');
    await vendors.addRating(tx, vendorId, agent);
    const payload = { callId: id, vendorId, agentId, line, agent };
    await record(tx, [callRated({ actor: `buyer:${buyerId}`, at, payload })]);
    await announce(tx, [`call:${id}`, `vendor:${vendorId}`, `agent:${agentId}`]);
  });
  return { line, agent, comment };
}
