import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { AgentAccount } from '#server/platform/auth/agent.ts';
import { refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import { responsibleAgents } from '#server/vendors/service.ts';
import { callBackClosed } from './events.ts';
import * as queries from './queries.ts';

/**
 * Closes a request that needs no call any more. Refuses `not_found` to whoever isn't responsible for the offer,
 * `call_not_yours_now` while it is being called, `call_back_closed` when it is over.
 */
export async function close(ctx: Context, agent: AgentAccount, id: string, note: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { agentId } = agent;
    const row = await lockFor(tx, agent, id);
    if (row.status === 'calling') throw refuse('call_not_yours_now');
    await queries.change(tx, id, { status: 'done', statusAt: at, agentId });
    const payload = { callBackId: id, agentId, note };
    await record(tx, [callBackClosed({ actor: `account:${agent.id}`, at, payload })]);
    await announce(tx, [`vendor:${row.vendorId}`]);
  });
}

/** Found through the agent: responsible for the offer, of the right kind. Open or being called. */
async function lockFor(tx: Db, agent: AgentAccount, id: string): Promise<queries.CallBackRow> {
  const row = await queries.lockOfVendor(tx, id, agent.vendorId);
  if (!row) throw refuse('not_found');
  const responsible = await responsibleAgents(tx, [row.offerId]);
  const isResponsible = responsible.some(
    ({ agentId, kind }) => agentId === agent.agentId && kind === row.kind,
  );
  if (!isResponsible) throw refuse('not_found');
  if (row.status !== 'open' && row.status !== 'calling') throw refuse('call_back_closed');
  return row;
}
