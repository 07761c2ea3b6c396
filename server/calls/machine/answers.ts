import type { Context } from '#server/context.ts';
import * as numbers from '#server/admission/service.ts';
import { happen } from './advance.ts';
import { changeCallOf } from './dialing.ts';
import { isTerminal, type Leg, secondsOf } from './legs.ts';
import * as queries from './queries.ts';
import { isCallingVisitor } from './rules.ts';
import { told } from './told.ts';
import * as twiml from './twiml.ts';
import { agentLegOf, changeLeg, visitorLegOf, type Work } from './work.ts';

/**
 * What the telephone company asks while a call is under way, answered at once with TwiML. Asked again, each answers
 * the same; a leg that nobody knows or wants any more hangs up.
 */
export type Fields = Readonly<Record<string, string | undefined>>;

async function answer(
  ctx: Context,
  legId: string,
  reply: (work: Work, leg: Leg) => Promise<string>,
): Promise<string> {
  return (await changeCallOf(ctx, legId, reply)) ?? twiml.hangUp();
}

/** The agent's phone was picked up: by a person, or by something that can't press 1. */
export function agentAnswered(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (work, leg) => {
    await heardOf(work, leg, fields);
    if (leg === agentLegOf(work)) await happen(work, 'agent_answered', { actor: 'agent' });
    const isAsked = leg === agentLegOf(work) && work.call.state === 'agent_screening';
    const spoken = await spokenTo(work, leg);
    if (!isAsked) return twiml.hangUp(goneBecause(work), spoken);
    return twiml.agentPrompt(ctx.config.publicUrl, leg.id, spoken);
  });
}

/** The agent pressed something, or nothing. */
export function agentPressed(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (work, leg) => {
    const digit = fields['Digits'];
    const spoken = await spokenTo(work, leg);
    const isWanted = leg === agentLegOf(work) && leg.result === null;
    if (leg === agentLegOf(work)) {
      const event = digit === '1' ? 'agent_accepted' : digit ? 'agent_declined' : 'agent_silent';
      await happen(work, event, { actor: 'agent', detail: { digit: digit ?? null } });
    }
    // Until now nothing has rung there.
    if (isWanted && (await isLeftAlone(ctx, work))) await leaveAlone(work);
    if (leg.result === 'accepted' && isCallingVisitor(work.call.state)) return dial(ctx, work, leg, spoken);
    if (leg.result === 'declined') return twiml.hangUp('passedOn', spoken);
    return twiml.hangUp(digit === '1' ? goneBecause(work) : 'goodbye', spoken);
  });
}

/** Whether the visitor's number asked, since the call began, never to be called. */
async function isLeftAlone(ctx: Context, { tx, call }: Work): Promise<boolean> {
  if (!isCallingVisitor(call.state) || call.phone === null) return false;
  return numbers.isOptedOut(tx, ctx, call.phone);
}

async function leaveAlone(work: Work): Promise<void> {
  const visitorLeg = visitorLegOf(work);
  if (visitorLeg) changeLeg(work, visitorLeg, { status: 'canceled', endedAt: work.now });
  await happen(work, 'visitor_refused', { actor: 'visitor' });
}

/** Why the agent is not needed any more: the caller left, or somebody else has the call. */
const goneBecause = ({ call: { state, outcome } }: Work): 'callerGone' | 'tooLate' =>
  outcome === 'visitor_cancelled' || state === 'ending' ? 'callerGone' : 'tooLate';

function dial(ctx: Context, { call, legs }: Work, agentLeg: Leg, spoken: twiml.Spoken): string {
  const visitorLeg = visitorLegOf({ legs });
  const from = ctx.telephony?.from;
  if (!visitorLeg || !from || call.phone === null) return twiml.hangUp('notReached', spoken);
  const order = {
    publicUrl: ctx.config.publicUrl,
    agentLegId: agentLeg.id,
    visitorLegId: visitorLeg.id,
    from,
    to: call.phone,
    maxSeconds: call.maxSeconds,
    needsConsent: !call.phoneConfirmed,
  };
  return twiml.dialVisitor(order, spoken);
}

/**
 * The agent's leg is done dialling. While the agent still holds the line, it was the visitor who hung up, or the limit;
 * otherwise the agent.
 */
export function dialDone(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (work, leg) => {
    const visitorLeg = visitorLegOf(work);
    if (!visitorLeg || leg !== agentLegOf(work)) return twiml.hangUp();
    const { call } = work;
    if (call.state !== 'closed') call.endedBy ??= whoEnded(work, fields);
    const { DialCallStatus: status, DialCallSid: sid, DialCallDuration: seconds } = fields;
    if (status && isTerminal(status)) {
      const durationSeconds = secondsOf(seconds);
      if (!sid) changeLeg(work, visitorLeg, { status, endedAt: visitorLeg.endedAt ?? work.now });
      // Why it failed stands in the leg's own callback: a phone that is switched off was not answered.
      else if (status !== 'failed') await told(work, visitorLeg, { sid, status, durationSeconds });
    }
    await happen(work, 'dial_done', { actor: 'twilio', detail: { status: status ?? null } });
    const wasReached = call.answeredAt !== null;
    return wasReached ? twiml.hangUp() : twiml.hangUp('notReached', await spokenTo(work, leg));
  });
}

/** The limit counts from the pick-up or from the dialling: the telephone company doesn't say which. */
function whoEnded({ call, now }: Work, fields: Fields): 'visitor' | 'agent' | 'system' {
  if (fields['CallStatus'] !== 'in-progress') return 'agent';
  const { acceptedAt, maxSeconds } = call;
  const dialled = acceptedAt ? (now.getTime() - acceptedAt.getTime()) / 1000 : 0;
  const isLimitOfCall = Number(fields['DialCallDuration'] ?? 0) >= maxSeconds - 1;
  const isLimitOfDial = dialled >= maxSeconds && dialled < maxSeconds + speakingSeconds;
  return isLimitOfCall || isLimitOfDial ? 'system' : 'visitor';
}

/** Between the key and the dialling the agent is told to wait a moment. */
const speakingSeconds = 6;

/** The visitor's phone was picked up: whoever holds it is asked whether it wants the call. */
export function visitorAnswered(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (work, leg) => {
    await heardOf(work, leg, fields);
    await happen(work, 'visitor_prompted', { actor: 'visitor' });
    if (work.call.state !== 'visitor_ringing') return twiml.hangUp();
    return twiml.consentPrompt(ctx.config.publicUrl, leg.id, await spokenTo(work, leg));
  });
}

/** The visitor's answer: 1 joins it with the agent, 9 means never again. */
export function visitorPressed(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (work, leg) => {
    const { call, tx, now } = work;
    const digit = fields['Digits'];
    if (digit === '1') {
      const isNew = await happen(work, 'visitor_consented', { actor: 'visitor' });
      if (isNew && call.phone !== null) await numbers.consent(tx, ctx, call.buyerId, call.phone, now);
      return call.state === 'bridged' ? twiml.goOn() : twiml.hangUp();
    }
    if (digit === '9') {
      await happen(work, 'visitor_refused', { actor: 'visitor' });
      // It is told so, whatever has become of this call meanwhile.
      if (call.phone !== null) await numbers.optOut(tx, ctx, call.phone, now);
      return twiml.hangUp('optedOut', await spokenTo(work, leg));
    }
    return twiml.hangUp('goodbye', await spokenTo(work, leg));
  });
}

/** A request names its call, and says by itself that the phone was picked up. */
async function heardOf(work: Work, leg: Leg, { CallSid: sid }: Fields): Promise<void> {
  if (!sid) return;
  // Adopted before its state changes: what comes of it is one step, not two.
  if (leg.sid === null) changeLeg(work, leg, { sid });
  if (leg.sid === sid && !isTerminal(leg.status) && leg.status !== 'in-progress') {
    const ringingAt = leg.ringingAt ?? work.now;
    changeLeg(work, leg, { status: 'in-progress', ringingAt, answeredAt: work.now });
  }
}

async function spokenTo({ tx, call }: Work, leg: Leg): Promise<twiml.Spoken> {
  const { vendor, product, agentLocale } = await queries.spokenNames(tx, call.offerId, leg.agentId);
  return { vendor, product, locale: leg.role === 'agent' ? (agentLocale ?? 'en') : call.locale };
}
