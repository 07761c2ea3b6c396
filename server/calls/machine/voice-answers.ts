import * as admission from '#server/admission/service.ts';
import type { Context } from '#server/context.ts';
import { applyEvent } from './advance.ts';
import { withCallOfLeg } from './changing.ts';
import { applyLegReport } from './leg-reports.ts';
import { isTerminal, type Leg, parseSeconds } from './leg-status.ts';
import { agentLegOf, changeLeg, type LockedCall, visitorLegOf } from './locked-call.ts';
import { dialLimitSeconds } from './metering.ts';
import * as queries from './queries.ts';
import { isCallingVisitor } from './rules.ts';
import * as twiml from './twiml.ts';

// TwiML answers to Twilio's voice webhooks. They are idempotent, and hang up unknown or unwanted legs.
export type Fields = Readonly<Record<string, string | undefined>>;

async function answer(
  ctx: Context,
  legId: string,
  reply: (locked: LockedCall, leg: Leg) => Promise<string>,
): Promise<string> {
  return (await withCallOfLeg(ctx, legId, reply)) ?? twiml.hangUp();
}

/** Answers when the agent's phone is picked up, by a person or voicemail. */
export function agentAnswered(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (locked, leg) => {
    recordPickUp(locked, leg, fields);
    if (leg === agentLegOf(locked)) await applyEvent(locked, 'agent_answered', { actor: 'agent' });
    const isAsked = leg === agentLegOf(locked) && locked.call.state === 'agent_screening';
    const spoken = await spokenFor(locked, leg);
    if (!isAsked) return twiml.hangUp(whyNotNeeded(locked), spoken);
    return twiml.agentPrompt(ctx.config.publicUrl, leg.id, spoken);
  });
}

/** Answers when the agent pressed something, or nothing. */
export function agentPressed(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (locked, leg) => {
    const digit = fields['Digits'];
    const spoken = await spokenFor(locked, leg);
    const isWanted = leg === agentLegOf(locked) && leg.result === null;
    if (leg === agentLegOf(locked)) {
      const event = digit === '1' ? 'agent_accepted' : digit ? 'agent_declined' : 'agent_silent';
      await applyEvent(locked, event, { actor: 'agent', detail: { digit: digit ?? null } });
    }
    // Check before the buyer's phone rings.
    if (isWanted && (await hasOptedOut(ctx, locked))) await cancelForOptOut(locked);
    if (leg.result === 'accepted' && isCallingVisitor(locked.call.state))
      return dialVisitor(ctx, locked, leg, spoken);
    if (leg.result === 'declined') return twiml.hangUp('passedOn', spoken);
    return twiml.hangUp(digit === '1' ? whyNotNeeded(locked) : 'goodbye', spoken);
  });
}

/** Returns whether the buyer's number opted out since the call began. */
async function hasOptedOut(ctx: Context, { tx, call }: LockedCall): Promise<boolean> {
  if (!isCallingVisitor(call.state) || call.phone === null) return false;
  return admission.isOptedOut(tx, ctx, call.phone);
}

async function cancelForOptOut(locked: LockedCall): Promise<void> {
  const visitorLeg = visitorLegOf(locked);
  if (visitorLeg) changeLeg(locked, visitorLeg, { status: 'canceled', endedAt: locked.now });
  await applyEvent(locked, 'visitor_refused', { actor: 'visitor' });
}

/** Returns the prompt for an agent who isn't needed: the buyer left, or another agent has the call. */
const whyNotNeeded = ({ call: { state, outcome } }: LockedCall): 'callerGone' | 'tooLate' =>
  outcome === 'visitor_cancelled' || state === 'ending' ? 'callerGone' : 'tooLate';

function dialVisitor(ctx: Context, { call, legs }: LockedCall, agentLeg: Leg, spoken: twiml.Spoken): string {
  const visitorLeg = visitorLegOf({ legs });
  const from = ctx.telephony?.from;
  if (!visitorLeg || !from || call.phone === null) return twiml.hangUp('notReached', spoken);
  const order = {
    publicUrl: ctx.config.publicUrl,
    agentLegId: agentLeg.id,
    visitorLegId: visitorLeg.id,
    from,
    to: call.phone,
    limitSeconds: dialLimitSeconds(call),
    needsConsent: !call.phoneConfirmed,
  };
  return twiml.dialVisitor(order, spoken);
}

/** Answers when the agent's leg has finished dialling the buyer. */
export function dialDone(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (locked, leg) => {
    const visitorLeg = visitorLegOf(locked);
    if (!visitorLeg || leg !== agentLegOf(locked)) return twiml.hangUp();
    const { call } = locked;
    if (call.state !== 'closed') call.endedBy ??= whoEndedDial(locked, fields);
    const { DialCallStatus: status, DialCallSid: sid, DialCallDuration: seconds } = fields;
    if (status && isTerminal(status)) {
      const durationSeconds = parseSeconds(seconds);
      if (!sid) changeLeg(locked, visitorLeg, { status, endedAt: visitorLeg.endedAt ?? locked.now });
      // Leave `failed` to the leg's own callback, which has the SIP code.
      else if (status !== 'failed')
        await applyLegReport(locked, visitorLeg, { sid, status, durationSeconds });
    }
    await applyEvent(locked, 'dial_done', { actor: 'twilio', detail: { status: status ?? null } });
    const wasReached = call.answeredAt !== null;
    return wasReached ? twiml.hangUp() : twiml.hangUp('notReached', await spokenFor(locked, leg));
  });
}

/**
 * Returns who ended the call: the agent, or if they are still on the line the buyer or the limit. Twilio doesn't document
 * whether the limit counts from dialling or pick-up, so both are recognised.
 */
function whoEndedDial({ call, now }: LockedCall, fields: Fields): 'visitor' | 'agent' | 'system' {
  if (fields['CallStatus'] !== 'in-progress') return 'agent';
  const { acceptedAt } = call;
  const limit = dialLimitSeconds(call);
  const dialled = acceptedAt ? (now.getTime() - acceptedAt.getTime()) / 1000 : 0;
  const isLimitOfCall = Number(fields['DialCallDuration'] ?? 0) >= limit - 1;
  const isLimitOfDial = dialled >= limit && dialled < limit + connectingPromptSeconds;
  return isLimitOfCall || isLimitOfDial ? 'system' : 'visitor';
}

/** The length of the prompt `connecting`, which the agent hears before the dialling. */
const connectingPromptSeconds = 6;

/** Answers when the buyer's phone is picked up: asks whether they want the call. */
export function visitorAnswered(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (locked, leg) => {
    recordPickUp(locked, leg, fields);
    await applyEvent(locked, 'visitor_prompted', { actor: 'visitor' });
    if (locked.call.state !== 'visitor_ringing') return twiml.hangUp();
    return twiml.consentPrompt(ctx.config.publicUrl, leg.id, await spokenFor(locked, leg));
  });
}

/** Answers the buyer's key: 1 connects them with the agent, 9 opts the number out. */
export function visitorPressed(ctx: Context, legId: string, fields: Fields): Promise<string> {
  return answer(ctx, legId, async (locked, leg) => {
    const { call, tx, now } = locked;
    const digit = fields['Digits'];
    if (digit === '1') {
      const isNew = await applyEvent(locked, 'visitor_consented', { actor: 'visitor' });
      if (isNew && call.phone !== null) await admission.recordConsent(tx, ctx, call.buyerId, call.phone, now);
      return call.state === 'bridged' ? twiml.continueCall() : twiml.hangUp();
    }
    if (digit === '9') {
      await applyEvent(locked, 'visitor_refused', { actor: 'visitor' });
      // Also if the call has ended meanwhile: the prompt promised it.
      if (call.phone !== null) await admission.optOut(tx, ctx, call.phone, now);
      return twiml.hangUp('optedOut', await spokenFor(locked, leg));
    }
    return twiml.hangUp('goodbye', await spokenFor(locked, leg));
  });
}

/** Records the SID of the leg and that its phone was picked up, which a voice webhook implies. */
function recordPickUp(locked: LockedCall, leg: Leg, { CallSid: sid }: Fields): void {
  if (!sid) return;
  // Before the event is applied, so that the leg is up to date.
  if (leg.sid === null) changeLeg(locked, leg, { sid });
  if (leg.sid === sid && !isTerminal(leg.status) && leg.status !== 'in-progress') {
    const ringingAt = leg.ringingAt ?? locked.now;
    changeLeg(locked, leg, { status: 'in-progress', ringingAt, answeredAt: locked.now });
  }
}

async function spokenFor({ tx, call }: LockedCall, leg: Leg): Promise<twiml.Spoken> {
  const { vendor, product, agentLocale } = await queries.spokenNames(tx, call.offerId, leg.agentId);
  return { vendor, product, locale: leg.role === 'agent' ? (agentLocale ?? 'en') : call.locale };
}
