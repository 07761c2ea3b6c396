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
 * Returns calls the buyer back: the agent's own phone rings first. Refuses `not_found` to agents who aren't
 * responsible for the offer, `call_not_yours_now` while a colleague calls, `call_back_closed`, `call_in_progress`
 * while the agent is in a call, and what `withAdmission` refuses; `call_not_possible` also while the buyer is in a
 * call or the agent's number isn't called.
 */
export async function startCallBack(ctx: Context, agent: Agent, id: string): Promise<StartedCall> {
  const now = ctx.clock.now();
  const { callBack: found, isCalled } = await findFor(ctx.db, agent, id);
  const { buyerId, vendorId, phone } = found;
  if (phone === null) throw refuse('call_back_closed');
  // The agent's phone could not ring, which would only use up an attempt.
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

/** Only this agent is called, so "nobody free" means that they are in a call. */
const refusalTo: Record<NotOpened, () => Refusal> = {
  buyer_in_call: () => admission.refuseNumber('in_another_call'),
  phone_in_call: () => admission.refuseNumber('in_another_call'),
  nobody_free: () => refuse('call_in_progress'),
};

async function takeCallBack(tx: Db, agent: Agent, id: string, at: Date): Promise<queries.CallBackRow> {
  const { callBack, isCalled } = await lockFor(tx, agent, id);
  if (callBack.status !== 'open') throw refuse('call_not_yours_now');
  if (!isCalled) throw refuse('call_not_possible');
  const { agentId } = agent;
  await queries.change(tx, id, { status: 'calling', statusAt: at, agentId });
  const actor = `account:${agent.account.id}`;
  await record(tx, [callBackTaken({ actor, at, payload: { callBackId: id, agentId } })]);
  await announce(tx, [`vendor:${callBack.vendorId}`]);
  return callBack;
}

/** Closes a call-back that needs no call. Refuses as `startCallBack` does. */
export async function closeCallBack(ctx: Context, agent: Agent, id: string, note: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const { agentId } = agent;
    const { callBack } = await lockFor(tx, agent, id);
    if (callBack.status === 'calling') throw refuse('call_not_yours_now');
    await queries.change(tx, id, { status: 'done', statusAt: at, agentId });
    const payload = { callBackId: id, agentId, note };
    await record(tx, [callBackClosed({ actor: `account:${agent.account.id}`, at, payload })]);
    await announce(tx, [`vendor:${callBack.vendorId}`]);
  });
}

interface Found {
  callBack: queries.CallBackRow;
  /** Whether the agent's own number can be called. */
  isCalled: boolean;
}

/** Locks a call-back that the agent is responsible for. Refuses `not_found` and `call_back_closed`. */
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
  return { callBack: row, isCalled: own.isCalled };
}
