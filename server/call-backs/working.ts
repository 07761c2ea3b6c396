import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Agent } from '#server/platform/auth/actors.ts';
import { Refusal } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import { responsibleAgents } from '#server/vendors/service.ts';
import * as numbers from '#server/admission/service.ts';
import type { StartedCall } from '#server/calls/schema.ts';
import { refusalOf, startForCallBack } from '#server/calls/service.ts';
import { callBackClosed, callBackTaken } from './events.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';

/**
 * Calls the visitor back: the agent's own phone rings first. Refuses `not_found` to whoever isn't responsible for the
 * offer, `call_not_yours_now` while a colleague is at it, `call_back_closed` when it is over, `call_in_progress` while
 * the agent is in a call, and what `numbers.admitted` refuses, `call_not_possible` also while the visitor is in a call,
 * and where the agent has no number that is called.
 */
export async function callNow(ctx: Context, agent: Agent, id: string): Promise<StartedCall> {
  const { row: found, isCalled } = await findFor(ctx.db, agent, id);
  const { buyerId, vendorId, phone } = found;
  if (phone === null) throw refuse('call_back_closed');
  if (!isCalled) throw refuse('call_not_possible');
  const attempt = { purpose: 'call_back', phone, address: null, buyerId, vendorId } as const;
  try {
    return await numbers.admitted(ctx, attempt, async (tx, admission) => {
      const row = await take(tx, ctx, agent, id);
      const { accountId, locale, kind, offerId } = row;
      const about = { accountId, locale, kind, offerId, buyerId, vendorId, phone };
      const { agentId } = agent;
      return startForCallBack(tx, ctx, { ...about, ...admission, callBackId: id, agentId });
    });
  } catch (error) {
    throw asAgentSees(refusalOf(error));
  }
}

/** Nobody else is called: nobody free is this agent, and whoever is in a call already is the visitor. */
function asAgentSees(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  if (error.code === 'nobody_free') return refuse('call_in_progress');
  return error.code === 'call_in_progress' ? numbers.notPossible('in_another_call') : error;
}

async function take(tx: Db, ctx: Context, agent: Agent, id: string): Promise<queries.CallBackRow> {
  const at = ctx.clock.now();
  const { row, isCalled } = await lockFor(tx, agent, id);
  if (row.status !== 'open') throw refuse('call_not_yours_now');
  // Its phone would not ring, which would only use up one of the tries.
  if (!isCalled) throw refuse('call_not_possible');
  const { agentId } = agent;
  await queries.change(tx, id, { status: 'calling', statusAt: at, agentId });
  const actor = `account:${agent.account.id}`;
  await record(tx, [callBackTaken({ actor, at, payload: { callBackId: id, agentId } })]);
  await announce(tx, [`vendor:${row.vendorId}`]);
  return row;
}

/** Closes a request that needs no call any more. Refuses as `callNow` does; one that is closed stays as it is. */
export async function close(ctx: Context, agent: Agent, id: string, note: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { agentId } = agent;
    const { row } = await lockFor(tx, agent, id);
    if (row.status === 'calling') throw refuse('call_not_yours_now');
    await queries.change(tx, id, { status: 'done', statusAt: at, agentId });
    const payload = { callBackId: id, agentId, note };
    await record(tx, [callBackClosed({ actor: `account:${agent.account.id}`, at, payload })]);
    await announce(tx, [`vendor:${row.vendorId}`]);
  });
}

interface Found {
  row: queries.CallBackRow;
  /** Whether this agent has a number that is called. */
  isCalled: boolean;
}

/** Found through the agent: responsible for the offer, of the right kind. Open or being called; locked. */
async function lockFor(tx: Db, agent: Agent, id: string): Promise<Found> {
  return requireFor(tx, agent, await queries.lockOfVendor(tx, id, agent.vendorId));
}

async function findFor(db: Db, agent: Agent, id: string): Promise<Found> {
  return requireFor(db, agent, await queries.findOfVendor(db, id, agent.vendorId));
}

async function requireFor(db: Db, { agentId }: Agent, row: queries.CallBackRow | null): Promise<Found> {
  if (!row) throw refuse('not_found');
  const responsible = await responsibleAgents(db, [row.offerId]);
  const own = responsible.find((one) => one.agentId === agentId && one.kind === row.kind);
  if (!own) throw refuse('not_found');
  if (row.status !== 'open' && row.status !== 'calling') throw refuse('call_back_closed');
  return { row, isCalled: own.isCalled };
}
