import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Creation, Telephony } from '#server/platform/telephony.ts';
import * as vendors from '#server/vendors/service.ts';
import * as numbers from '#server/admission/service.ts';
import { estimate, happen } from './advance.ts';
import { isTerminal, type Leg } from './legs.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';
import { told } from './told.ts';
import { agentLegOf, changeLeg, load, save, type Work } from './work.ts';

/**
 * Asks the telephone company to call the agent, once: that it is about to is written down before. Whoever finds that
 * note and no answer can't know whether there is a call, and doesn't ask again.
 */
export async function dialAgent(ctx: Context, legId: string): Promise<void> {
  const order = await begin(ctx, legId);
  if (!order) return;
  const creation: Creation = ctx.telephony
    ? await ctx.telephony.create(order)
    : { kind: 'refused', about: 'platform', code: 'calling_off' };
  if (creation.kind !== 'created') ctx.log.warn({ leg: legId, ...creation }, 'call not created');
  await changeCallOf(ctx, legId, (work, leg) => answered(work, leg, creation));
}

async function begin(ctx: Context, legId: string) {
  return changeCallOf(ctx, legId, async (work, leg) => {
    const { call } = work;
    if (leg !== agentLegOf(work)) return null;
    if (leg.status === 'sending' && leg.sid === null) {
      await happen(work, 'unsure', { actor: 'system', detail: { reason: 'interrupted' } });
      return null;
    }
    if (call.state !== 'reserved' || leg.status !== 'waiting' || leg.agentId === null) return null;
    const { agentId } = leg;
    const { written, phone } = await numberOf(ctx, work.tx, agentId);
    await happen(work, 'dialing', { actor: 'system' });
    if (phone === null) {
      await vendors.setCallable(work.tx, [{ agentId, phone: written }], false);
      await answered(work, leg, { kind: 'refused', about: 'number', code: 'no_phone' });
      return null;
    }
    changeLeg(work, leg, { status: 'sending' });
    return { legId, to: phone, ringSeconds: rules.ringSeconds.agent, limitSeconds: longest(call.maxSeconds) };
  });
}

/** An agent's number as its catalogue writes it, and the one that is called for it; null without one that may be. */
async function numberOf({ config }: Context, db: Db, agentId: number) {
  const { phone: written } = await queries.agentPhone(db, agentId);
  return { written, phone: written === null ? null : numbers.ofAgent(written, config.calling) };
}

/** Ring, prompts, the visitor's ring and prompt, the conversation, and a minute. */
const longest = (maxSeconds: number): number => {
  const { agent_ringing, agent_screening, visitor_dialing } = rules.timeouts;
  return agent_ringing + agent_screening + visitor_dialing + rules.consentSeconds + maxSeconds + 60;
};

async function answered(work: Work, leg: Leg, creation: Creation): Promise<void> {
  const actor = 'twilio';
  if (creation.kind === 'created') {
    const { sid, queuedMs } = creation;
    if (leg === agentLegOf(work)) await happen(work, 'created', { actor, queuedMs });
    return told(work, leg, { sid, status: 'queued', durationSeconds: null });
  }
  // Its callbacks came first: there is a call after all.
  if (leg.sid !== null) return;
  const detail = { code: creation.code };
  changeLeg(work, leg, { errorCode: creation.code });
  if (creation.kind === 'unsure') {
    if (leg === agentLegOf(work)) await happen(work, 'unsure', { actor, detail });
    return;
  }
  changeLeg(work, leg, { status: 'failed', endedAt: work.now });
  const event = creation.about === 'number' ? 'number_refused' : 'platform_refused';
  if (leg === agentLegOf(work)) await happen(work, event, { actor, detail });
}

/** Changes the call of a leg in a transaction of its own; null for an unknown one. */
export async function changeCallOf<T>(
  ctx: Context,
  legId: string,
  change: (work: Work, leg: Leg) => Promise<T>,
): Promise<T | null> {
  const callId = await queries.callOfLeg(ctx.db, legId);
  if (callId === null) return null;
  return ctx.db.transaction(async (tx) => {
    const work = await load(tx, ctx, callId, ctx.clock.now());
    const leg = work?.legs.find(({ id }) => id === legId);
    if (!work || !leg) return null;
    const result = await change(work, leg);
    await save(work);
    return result;
  });
}

/** Ends a leg's call at the telephone company; throws to be tried again. */
export async function endLeg(ctx: Context, legId: string, otherSid?: string): Promise<void> {
  const sid = otherSid ?? (await queries.sidOfLeg(ctx.db, legId));
  if (sid && ctx.telephony) await ctx.telephony.end(sid);
}

/** Nobody hung up a call of which the telephone company knows nothing any more. */
function forgotten({ call }: Work): void {
  call.endedBy ??= 'system';
  if (!call.answeredAt) call.outcome ??= 'platform_error';
}

/**
 * Asks the telephone company what became of a call of which nothing was heard, and takes note as if it had told us.
 * Failing is no matter: it is asked again.
 */
export async function ask(ctx: Context, callId: string): Promise<void> {
  const { telephony } = ctx;
  if (!telephony) return;
  try {
    const legs = await queries.legsOf(ctx.db, callId);
    const agentLeg = agentLegOf({ legs });
    if (!agentLeg) return;
    if (agentLeg.sid === null) await adopt(ctx, telephony, agentLeg);
    else await askAbout(ctx, telephony, agentLeg, agentLeg.sid);
  } catch (error) {
    ctx.log.warn({ err: error, call: callId }, 'the telephone company could not be asked');
  }
}

// Its clock and ours may differ a little.
const slackMs = 5_000;

/** Looks for the call that we don't know was made. */
async function adopt(ctx: Context, telephony: Telephony, leg: Leg): Promise<void> {
  if (leg.agentId === null || leg.status !== 'sending') return;
  const { phone } = await numberOf(ctx, ctx.db, leg.agentId);
  if (phone === null) return;
  const since = new Date(leg.createdAt.getTime() - slackMs);
  const found = await telephony.find({ to: phone, since });
  const known = await queries.knownSids(
    ctx.db,
    found.map(({ sid }) => sid),
  );
  const own = found.find(({ sid }) => !known.has(sid));
  if (!own) return;
  await changeCallOf(ctx, leg.id, async (work, current) => {
    if (current.sid === null) await told(work, current, own);
  });
}

async function askAbout(ctx: Context, telephony: Telephony, leg: Leg, sid: string): Promise<void> {
  const own = await telephony.fetch(sid);
  const [child] = own && leg.result === 'accepted' ? await telephony.children(sid) : [];
  await changeCallOf(ctx, leg.id, async (work, agentLeg) => {
    const visitorLeg = work.legs.find(({ role }) => role === 'visitor');
    const withOther = !!visitorLeg && !!child && isTerminal(child.status) && !isTerminal(visitorLeg.status);
    if (visitorLeg && child) await told(work, visitorLeg, child);
    const gone = { sid, status: 'completed', durationSeconds: null };
    if (!own && visitorLeg && work.call.state !== 'closed') forgotten(work);
    await told(work, agentLeg, { ...(own ?? gone), withOther });
    if (!visitorLeg || child) return;
    if (!own) {
      // Forgotten there: no more will ever be learnt of it, nor of what it dialled.
      estimate(work);
      await happen(work, 'visitor_ended', { actor: 'system' });
    } else if (isTerminal(own.status) && visitorLeg.sid === null) {
      // Over, and it never dialled the visitor.
      changeLeg(work, visitorLeg, { status: 'canceled', endedAt: work.now });
      await happen(work, 'visitor_ended', { actor: 'system' });
    }
  });
}
