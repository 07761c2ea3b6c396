import { determineCallEnd } from './call-end.ts';
import { type AgentResult, isMiss, isTerminal } from './leg-status.ts';
import {
  addSeconds,
  agentLegOf,
  changeLeg,
  type LockedCall,
  queueHangUp,
  releaseAgent,
  visitorLegOf,
} from './locked-call.ts';
import { dialLimitSeconds, secondsToKeep, settleCredit, talkLimitSeconds } from './metering.ts';
import * as queries from './queries.ts';
import { reserveNextAgent } from './reserving.ts';
import * as rules from './rules.ts';

/** The actor and further facts of an event. */
export interface EventDetails {
  actor: 'visitor' | 'agent' | 'twilio' | 'timer' | 'system';
  /** The result of the attempt with the agent; default: derived from the event. */
  result?: AgentResult;
  /** Milliseconds that Twilio queues the call before it rings. */
  queuedMs?: number;
  detail?: Record<string, unknown>;
}

/**
 * Applies an event to a locked call: state, version, deadline, event row and actions. Returns false if the event has no
 * effect in this state.
 */
export async function applyEvent(
  locked: LockedCall,
  event: rules.Event,
  details: EventDetails,
): Promise<boolean> {
  const { call, now } = locked;
  const transition = rules.transitions[call.state][event];
  if (transition === rules.idle) return false;
  const from = call.state;
  call.state = transition.to;
  call.version += 1;
  if (call.state !== from) call.stateAt = now;
  if (call.state === 'ending' || call.state === 'settling') call.endedAt ??= now;
  call.deadlineAt = deadlineOf(locked, event, details);
  if (transition.outcome) call.outcome ??= correctedOutcome(locked, transition.outcome);
  if (from === 'bridged') call.endedBy ??= endedByEvent(event);
  locked.isChanged = true;
  locked.events.push({
    ...{ callId: call.id, version: call.version, event, fromState: from, toState: call.state },
    ...{ actor: details.actor, detail: details.detail ?? {}, at: now },
  });
  for (const action of transition.do ?? []) await actions[action](locked, { ...details, event, from });
  return true;
}

/** Returns `visitor_unconfirmed` instead of `visitor_no_answer` if the phone was picked up. */
const correctedOutcome = (locked: LockedCall, outcome: rules.Outcome): rules.Outcome =>
  outcome === 'visitor_no_answer' && visitorLegOf(locked)?.answeredAt ? 'visitor_unconfirmed' : outcome;

interface Applied extends EventDetails {
  event: rules.Event;
  from: rules.State;
}

const actions: Record<rules.Action, (locked: LockedCall, applied: Applied) => Promise<void> | void> = {
  drop_agent: dropAgent,
  abandon_leg(locked) {
    const leg = agentLegOf(locked);
    if (leg) changeLeg(locked, leg, { abandoned: true });
  },
  accept,
  connect(locked) {
    locked.call.answeredAt = locked.now;
  },
  hang_up(locked) {
    const leg = agentLegOf(locked);
    if (leg) queueHangUp(locked, leg);
  },
  dial(locked) {
    const leg = agentLegOf(locked);
    if (leg) locked.legsToDial.push(leg.id);
  },
  async reserve(locked, { actor }) {
    const leg = await reserveNextAgent(locked);
    await applyEvent(locked, leg ? 'agent_reserved' : 'nobody_left', { actor });
  },
  settle,
  close,
};

function deadlineOf(
  { call, now }: LockedCall,
  event: rules.Event,
  { queuedMs = 0 }: EventDetails,
): Date | null {
  const { state } = call;
  if (state === 'closed') return null;
  if (state === 'bridged') return addSeconds(now, talkLimitSeconds(call));
  if (event === 'visitor_prompted') return addSeconds(now, rules.consentSeconds);
  if (state === 'settling') return addSeconds(now, secondsToNextQuestion(call.stateAt, now));
  return addSeconds(now, rules.timeouts[state] + queuedMs / 1000);
}

/** Returns the seconds until Twilio is asked again; the last step repeats. */
function secondsToNextQuestion(since: Date, now: Date): number {
  const waited = (now.getTime() - since.getTime()) / 1000;
  const next = rules.reconcileAfterSeconds.find((seconds) => seconds > waited);
  return next === undefined ? rules.reconcileAfterSeconds.at(-1)! : next - waited;
}

function endedByEvent(event: rules.Event): 'visitor' | 'agent' | 'system' | null {
  if (event === 'visitor_hung_up') return 'visitor';
  if (event === 'agent_hung_up' || event === 'agent_ended') return 'agent';
  return event === 'timeout' ? 'system' : null;
}

function dropAgent(locked: LockedCall, applied: Applied): void {
  const leg = agentLegOf(locked);
  if (!leg || leg.result) return;
  const result = applied.result ?? resultOfEvent(applied);
  changeLeg(locked, leg, { result });
  if (isMiss(result) && leg.agentId !== null) locked.missedBy.push(leg.agentId);
  releaseAgent(locked, leg);
}

function resultOfEvent({ event, from }: Applied): AgentResult {
  if (event === 'agent_declined') return 'declined';
  if (event === 'agent_silent') return 'silent';
  if (event === 'number_refused') return 'unreachable';
  if (event === 'timeout' && from === 'agent_ringing') return 'no_answer';
  if (event === 'timeout' && from === 'agent_screening') return 'silent';
  return 'cancelled';
}

async function accept(locked: LockedCall): Promise<void> {
  const leg = agentLegOf(locked);
  if (!leg) return;
  changeLeg(locked, leg, { result: 'accepted' });
  locked.call.acceptedAt = locked.now;
  locked.legs.push(await queries.insertVisitorLeg(locked.tx, locked.call.id, locked.now));
  if (leg.agentId !== null) locked.acceptedBy.push(leg.agentId);
}

/** Closes the call if its end is known, or estimates it after the last reconciliation. */
async function settle(locked: LockedCall, { event, actor }: Applied): Promise<void> {
  const { call, now } = locked;
  const isFinal = event === 'timeout';
  const waited = (now.getTime() - call.stateAt.getTime()) / 1000;
  if (isFinal && waited >= rules.reconcileAfterSeconds.at(-1)!) estimateVisitorLeg(locked);
  const { outcome, endedBy, answeredAt, phoneConfirmed } = call;
  const legs = { agentLeg: agentLegOf(locked), visitorLeg: visitorLegOf(locked) };
  const end = determineCallEnd({ outcome, endedBy, answeredAt, phoneConfirmed, ...legs }, isFinal);
  if (!end) return;
  const { talkSeconds } = end;
  Object.assign(call, end);
  if (talkSeconds !== null) call.answeredAt ??= addSeconds(endOf(locked), -talkSeconds);
  await applyEvent(locked, 'settled', { actor });
}

/** Fills in from our own timestamps what Twilio never reported about the buyer's leg. */
export function estimateVisitorLeg(locked: LockedCall): void {
  const leg = visitorLegOf(locked);
  if (!leg || (isTerminal(leg.status) && leg.durationSeconds !== null)) return;
  const { answeredAt, phoneConfirmed } = locked.call;
  const from = leg.answeredAt ?? answeredAt;
  const endedAt = leg.endedAt ?? locked.call.endedAt ?? locked.now;
  const passed = from ? Math.max(0, Math.round((endedAt.getTime() - from.getTime()) / 1000)) : 0;
  // Twilio enforces the limit.
  const seconds = Math.min(passed, dialLimitSeconds(locked.call));
  const wasPickedUp = answeredAt !== null || (!phoneConfirmed && leg.answeredAt !== null);
  const status = wasPickedUp ? 'completed' : 'canceled';
  locked.isEstimated = true;
  changeLeg(locked, leg, { status, endedAt, durationSeconds: leg.durationSeconds ?? seconds });
}

const endOf = (locked: LockedCall): Date =>
  visitorLegOf(locked)?.endedAt ?? locked.call.endedAt ?? locked.now;

async function close(locked: LockedCall): Promise<void> {
  const { call } = locked;
  call.endedAt = endOf(locked);
  // A solution is shared only during the call.
  call.sharedSolutionId = null;
  if (call.outcome === 'no_agent' || call.outcome === 'platform_error') call.endedBy ??= 'system';
  if (call.outcome === 'visitor_cancelled') call.endedBy ??= 'visitor';
  await settleCredit(locked);
  const leg = agentLegOf(locked);
  if (!leg || leg.releasedAt || (leg.result && leg.result !== 'accepted')) return;
  queueHangUp(locked, leg);
  if (leg.result !== 'accepted') {
    changeLeg(locked, leg, { result: 'cancelled' });
    return releaseAgent(locked, leg);
  }
  const { talked, notTalked } = rules.wrapUpSeconds;
  const kept = secondsToKeep(call);
  const seconds = Math.max(kept, call.outcome === 'completed' ? talked : notTalked);
  const keptUntil = kept > 0 ? addSeconds(locked.now, kept) : null;
  changeLeg(locked, leg, { pinnedUntil: addSeconds(locked.now, seconds), keptUntil });
}
