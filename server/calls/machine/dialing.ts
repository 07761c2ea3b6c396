import type { Db } from '#db/client.ts';
import * as admission from '#server/admission/service.ts';
import type { Context } from '#server/context.ts';
import type { CallOrder, Creation } from '#server/platform/telephony.ts';
import * as vendors from '#server/vendors/service.ts';
import { applyEvent } from './advance.ts';
import { withCallOfLeg } from './changing.ts';
import { applyLegReport } from './leg-reports.ts';
import type { Leg } from './leg-status.ts';
import { agentLegOf, changeLeg, type LockedCall } from './locked-call.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';

/**
 * Asks Twilio to call the agent, at most once: the leg is marked as `sending` first, and a leg found in that state may
 * have a call, so it isn't sent again.
 */
export async function dialAgent(ctx: Context, legId: string): Promise<void> {
  const order = await prepareOrder(ctx, legId);
  if (!order) return;
  const creation: Creation = ctx.telephony
    ? await ctx.telephony.create(order)
    : { kind: 'refused', about: 'platform', code: 'calling_off' };
  if (creation.kind !== 'created') ctx.log.warn({ leg: legId, ...creation }, 'call not created');
  await withCallOfLeg(ctx, legId, (locked, leg) => applyCreation(locked, leg, creation));
}

/** Marks the leg as `sending` and returns the order for Twilio; null if no call may be made. */
function prepareOrder(ctx: Context, legId: string): Promise<CallOrder | null> {
  return withCallOfLeg(ctx, legId, async (locked, leg) => {
    const { call } = locked;
    if (leg !== agentLegOf(locked)) return null;
    if (leg.status === 'sending' && leg.sid === null) {
      await applyEvent(locked, 'unsure', { actor: 'system', detail: { reason: 'interrupted' } });
      return null;
    }
    if (call.state !== 'reserved' || leg.status !== 'waiting' || leg.agentId === null) return null;
    const { agentId } = leg;
    const { deadlineAt } = call;
    const { written, phone } = await numberOfAgent(ctx, locked.tx, agentId);
    await applyEvent(locked, 'dialing', { actor: 'system' });
    if (phone === null) {
      await vendors.setCallable(locked.tx, [{ agentId, phone: written }], false);
      await applyCreation(locked, leg, { kind: 'refused', about: 'number', code: 'no_phone' });
      return null;
    }
    changeLeg(locked, leg, { status: 'sending' });
    const limitSeconds = longestLegSeconds(call.maxSeconds);
    const isTooLate = () => deadlineAt !== null && ctx.clock.now() >= deadlineAt;
    return { legId, to: phone, ringSeconds: rules.ringSeconds.agent, limitSeconds, isTooLate };
  });
}

/** Returns an agent's number as written in the catalogue, and in E.164, or null if it may not be called. */
export async function numberOfAgent({ config }: Context, db: Db, agentId: number) {
  const { phone: written } = await queries.agentPhone(db, agentId);
  return { written, phone: written === null ? null : admission.callableNumber(written, config.calling) };
}

/** Returns the limit of the agent's leg: all ringing, prompts and the conversation, plus a minute. */
function longestLegSeconds(maxSeconds: number): number {
  const { agent_ringing, agent_screening, visitor_dialing } = rules.timeouts;
  return agent_ringing + agent_screening + visitor_dialing + rules.consentSeconds + maxSeconds + 60;
}

async function applyCreation(locked: LockedCall, leg: Leg, creation: Creation): Promise<void> {
  const actor = 'twilio';
  if (creation.kind === 'created') {
    const { sid, queuedMs } = creation;
    if (leg === agentLegOf(locked)) await applyEvent(locked, 'created', { actor, queuedMs });
    return applyLegReport(locked, leg, { sid, status: 'queued', durationSeconds: null });
  }
  // A callback came first, so the call exists.
  if (leg.sid !== null) return;
  const detail = { code: creation.code };
  changeLeg(locked, leg, { errorCode: creation.code });
  if (creation.kind === 'unsure') {
    if (leg === agentLegOf(locked)) await applyEvent(locked, 'unsure', { actor, detail });
    return;
  }
  changeLeg(locked, leg, { status: 'failed', endedAt: locked.now });
  const event = creation.about === 'number' ? 'number_refused' : 'platform_refused';
  if (leg === agentLegOf(locked)) await applyEvent(locked, event, { actor, detail });
}

/** Ends a leg's call at Twilio, or another call that Twilio made for the leg. Throws so that the job is retried. */
export async function hangUpLeg(ctx: Context, legId: string, otherSid?: string): Promise<void> {
  const sid = otherSid ?? (await queries.sidOfLeg(ctx.db, legId));
  if (sid && ctx.telephony) await ctx.telephony.end(sid);
}
