import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Agent } from '#server/platform/auth/actors.ts';
import type { Refusal } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { announce } from '#server/platform/realtime.ts';
import { responsibleAgents } from '#server/vendors/service.ts';
import * as admission from '#server/admission/service.ts';
import type { StartedCall } from '#server/calls/schema.ts';
import { type NotOpened, openCall } from '#server/calls/service.ts';
import { callBackClosed, callBackTaken } from './events.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';

/**
 * Calls the buyer back; the agent's phone rings first. Refuses `not_found` unless the agent is responsible,
 * `call_not_yours_now` (a colleague calls), `call_back_closed`, `call_in_progress` (the agent's own), `call_not_possible`
 * (the buyer is in a call, or the agent's number may not be called), and as `withAdmission` does.
 */
export async function startCallBack(ctx: Context, agent: Agent, id: string): Promise<StartedCall> {
  const now = ctx.clock.now();
  const { callBack: found, isCalled } = await findForAgent(ctx.db, agent, id);
  const { buyerId, vendorId, phone } = found;
  if (phone === null) throw refuse('call_back_closed');
  // Check first, so that it doesn't use up an attempt.
  if (!isCalled) throw refuse('call_not_possible');
  const attempt = { purpose: 'call_back', phone, address: null, buyerId, vendorId } as const;
  return admission.withAdmission(ctx, attempt, async (tx, admit) => {
    const admitted = await admit();
    const { accountId, locale, kind, offerId } = await takeCallBack(tx, agent, id, now);
    const opened = await openCall(
      tx,
      ctx,
      {
        ...{ ...admitted, buyerId, accountId, locale, kind, phone, callBackId: id },
        ...{ offer: { id: offerId, vendorId }, wantedAgentId: agent.agentId },
      },
      now,
    );
    if (typeof opened === 'string') throw refusalTo[opened]();
    return opened;
  });
}

/** Only this agent is called, so `nobody_free` means that they are in a call. */
const refusalTo: Record<NotOpened, () => Refusal> = {
  buyer_in_call: () => admission.refuseNumber('in_another_call'),
  phone_in_call: () => admission.refuseNumber('in_another_call'),
  nobody_free: () => refuse('call_in_progress'),
  // Takes no credit.
  credit_too_low: () => refuse('call_not_possible'),
};

async function takeCallBack(tx: Db, agent: Agent, id: string, at: Date): Promise<queries.CallBackRow> {
  const { callBack, isCalled } = await lockForAgent(tx, agent, id);
  if (callBack.status !== 'open') throw refuse('call_not_yours_now');
  if (!isCalled) throw refuse('call_not_possible');
  const { agentId } = agent;
  await queries.updateCallBack(tx, id, { status: 'calling', statusAt: at, agentId });
  const actor = `account:${agent.account.id}`;
  await record(tx, [callBackTaken({ actor, at, payload: { callBackId: id, agentId } })]);
  await announce(tx, [`vendor:${callBack.vendorId}`]);
  return callBack;
}

/** Closes a call-back without a call. Refuses `not_found`, `call_not_yours_now`, `call_back_closed`. */
export async function closeCallBack(ctx: Context, agent: Agent, id: string, note: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { agentId } = agent;
    const { callBack } = await lockForAgent(tx, agent, id);
    if (callBack.status === 'calling') throw refuse('call_not_yours_now');
    await queries.updateCallBack(tx, id, { status: 'done', statusAt: at, agentId });
    const payload = { callBackId: id, agentId, note };
    await record(tx, [callBackClosed({ actor: `account:${agent.account.id}`, at, payload })]);
    await announce(tx, [`vendor:${callBack.vendorId}`]);
  });
}

interface CallBackForAgent {
  callBack: queries.CallBackRow;
  /** Whether the agent's number can be called. */
  isCalled: boolean;
}

/** Locks a call-back that the agent is responsible for. Refuses `not_found` and `call_back_closed`. */
async function lockForAgent(tx: Db, agent: Agent, id: string): Promise<CallBackForAgent> {
  return requireResponsible(tx, agent, await queries.lockOfVendor(tx, id, agent.vendorId));
}

async function findForAgent(db: Db, agent: Agent, id: string): Promise<CallBackForAgent> {
  return requireResponsible(db, agent, await queries.findOfVendor(db, id, agent.vendorId));
}

async function requireResponsible(
  db: Db,
  { agentId }: Agent,
  row: queries.CallBackRow | null,
): Promise<CallBackForAgent> {
  if (!row) throw refuse('not_found');
  const responsible = await responsibleAgents(db, [row.offerId]);
  const own = responsible.find((one) => one.agentId === agentId && one.kind === row.kind);
  if (!own) throw refuse('not_found');
  if (row.status !== 'open' && row.status !== 'calling') throw refuse('call_back_closed');
  return { callBack: row, isCalled: own.isCalled };
}
