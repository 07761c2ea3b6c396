import { isMiss, isTerminal, type AgentResult } from './legs.ts';
import * as queries from './queries.ts';
import { reserveNext } from './reserve.ts';
import * as rules from './rules.ts';
import { verdict } from './verdict.ts';
import { agentLegOf, changeLeg, endLater, later, letGo, visitorLegOf, type Work } from './work.ts';

/** About an event: who caused it, and what else is known. */
export interface About {
  actor: 'visitor' | 'agent' | 'twilio' | 'timer' | 'system';
  /** How the attempt with the agent went, where the event alone doesn't say. */
  result?: AgentResult;
  /** How long the telephone company keeps the call waiting before it rings. */
  queuedMs?: number;
  detail?: Record<string, unknown>;
}

/**
 * Lets an event happen to a call that is under change: state, version, deadline, event row, and what the transition
 * does. False when such an event changes nothing in the call's state.
 */
export async function happen(work: Work, event: rules.Event, about: About): Promise<boolean> {
  const { call, now } = work;
  const transition = rules.transitions[call.state][event];
  if (transition === rules.idle) return false;
  const from = call.state;
  call.state = transition.to;
  call.version += 1;
  if (call.state !== from) call.stateAt = now;
  if (call.state === 'ending' || call.state === 'settling') call.endedAt ??= now;
  call.deadlineAt = deadline(work, event, about);
  if (transition.outcome) call.outcome ??= asHeard(work, transition.outcome);
  if (from === 'bridged') call.endedBy ??= whoEnded(event);
  work.changed = true;
  work.events.push({
    ...{ callId: call.id, version: call.version, event, fromState: from, toState: call.state },
    ...{ actor: about.actor, detail: about.detail ?? {}, at: now },
  });
  for (const action of transition.do ?? []) await actions[action](work, { ...about, event, from });
  return true;
}

/** A phone that was picked up is not one that nobody answered, whatever it is that was waited for too long. */
const asHeard = (work: Work, outcome: rules.Outcome): rules.Outcome =>
  outcome === 'visitor_no_answer' && visitorLegOf(work)?.answeredAt ? 'visitor_unconfirmed' : outcome;

interface Doing extends About {
  event: rules.Event;
  from: rules.State;
}

const actions: Record<rules.Action, (work: Work, doing: Doing) => Promise<void> | void> = {
  drop_agent: dropAgent,
  poison(work) {
    const leg = agentLegOf(work);
    if (leg) changeLeg(work, leg, { poisoned: true });
  },
  accept,
  bridge(work) {
    work.call.answeredAt = work.now;
  },
  end_legs(work) {
    const leg = agentLegOf(work);
    if (leg) endLater(work, leg);
  },
  dial(work) {
    const leg = agentLegOf(work);
    if (leg) work.dial.push(leg.id);
  },
  async reserve(work, doing) {
    const leg = await reserveNext(work);
    await happen(work, leg ? 'agent_reserved' : 'nobody_left', { actor: doing.actor });
  },
  judge,
  close,
};

function deadline({ call, now }: Work, event: rules.Event, { queuedMs = 0 }: About): Date | null {
  const { state } = call;
  if (state === 'closed') return null;
  if (state === 'bridged') return later(now, call.maxSeconds + rules.limitGraceSeconds);
  if (event === 'visitor_prompted') return later(now, rules.consentSeconds);
  if (state === 'settling') return later(now, secondsToNextQuestion(call.stateAt, now));
  return later(now, rules.timeouts[state] + queuedMs / 1000);
}

/** Until it is asked again what became of a call; the last step repeats. */
function secondsToNextQuestion(since: Date, now: Date): number {
  const waited = (now.getTime() - since.getTime()) / 1000;
  const next = rules.reconcileAfterSeconds.find((seconds) => seconds > waited);
  return next === undefined ? rules.reconcileAfterSeconds.at(-1)! : next - waited;
}

function whoEnded(event: rules.Event): 'visitor' | 'agent' | 'system' | null {
  if (event === 'visitor_hung_up') return 'visitor';
  if (event === 'agent_hung_up' || event === 'agent_ended') return 'agent';
  return event === 'timeout' ? 'system' : null;
}

function dropAgent(work: Work, doing: Doing): void {
  const leg = agentLegOf(work);
  if (!leg || leg.result) return;
  const result = doing.result ?? attemptResult(doing);
  changeLeg(work, leg, { result });
  if (isMiss(result) && leg.agentId !== null) work.missed.push(leg.agentId);
  letGo(work, leg);
}

function attemptResult({ event, from }: Doing): AgentResult {
  if (event === 'agent_declined') return 'declined';
  if (event === 'agent_silent') return 'silent';
  if (event === 'number_refused') return 'unreachable';
  if (event === 'timeout' && from === 'agent_ringing') return 'no_answer';
  if (event === 'timeout' && from === 'agent_screening') return 'silent';
  return 'cancelled';
}

async function accept(work: Work): Promise<void> {
  const leg = agentLegOf(work);
  if (!leg) return;
  changeLeg(work, leg, { result: 'accepted' });
  work.call.acceptedAt = work.now;
  work.legs.push(await queries.insertVisitorLeg(work.tx, work.call.id, work.now));
  if (leg.agentId !== null) work.reached.push(leg.agentId);
}

/** Closes the call once its end is known; estimates it when nothing was learnt for too long. */
async function judge(work: Work, { event, actor }: Doing): Promise<void> {
  const { call, now } = work;
  const final = event === 'timeout';
  const waited = (now.getTime() - call.stateAt.getTime()) / 1000;
  if (final && waited >= rules.reconcileAfterSeconds.at(-1)!) estimate(work);
  const { outcome, endedBy, answeredAt, phoneConfirmed } = call;
  const legs = { agentLeg: agentLegOf(work), visitorLeg: visitorLegOf(work) };
  const found = verdict({ outcome, endedBy, answeredAt, phoneConfirmed, ...legs }, final);
  if (!found) return;
  const { talkSeconds } = found;
  Object.assign(call, found);
  if (talkSeconds !== null) call.answeredAt ??= later(endOf(work), -talkSeconds);
  await happen(work, 'settled', { actor });
}

/** What we saw ourselves of the visitor's leg, in place of what the telephone company never told. */
export function estimate(work: Work): void {
  const leg = visitorLegOf(work);
  if (!leg || (isTerminal(leg.status) && leg.durationSeconds !== null)) return;
  const { answeredAt, phoneConfirmed } = work.call;
  const from = leg.answeredAt ?? answeredAt;
  const endedAt = leg.endedAt ?? work.call.endedAt ?? work.now;
  const passed = from ? Math.max(0, Math.round((endedAt.getTime() - from.getTime()) / 1000)) : 0;
  // The telephone company cuts it then, whatever we saw.
  const seconds = Math.min(passed, work.call.maxSeconds);
  const wasPickedUp = answeredAt !== null || (!phoneConfirmed && leg.answeredAt !== null);
  const status = wasPickedUp ? 'completed' : 'canceled';
  changeLeg(work, leg, { status, endedAt, durationSeconds: leg.durationSeconds ?? seconds });
}

const endOf = (work: Work): Date => visitorLegOf(work)?.endedAt ?? work.call.endedAt ?? work.now;

function close(work: Work): void {
  const { call } = work;
  call.endedAt = endOf(work);
  // Shared for the length of the call.
  call.sharedSolutionId = null;
  if (call.outcome === 'no_agent' || call.outcome === 'platform_error') call.endedBy ??= 'system';
  if (call.outcome === 'visitor_cancelled') call.endedBy ??= 'visitor';
  const leg = agentLegOf(work);
  if (!leg || leg.releasedAt || (leg.result && leg.result !== 'accepted')) return;
  endLater(work, leg);
  if (leg.result !== 'accepted') {
    changeLeg(work, leg, { result: 'cancelled' });
    return letGo(work, leg);
  }
  const { talked, notTalked } = rules.wrapUpSeconds;
  const seconds = call.outcome === 'completed' ? talked : notTalked;
  changeLeg(work, leg, { pinnedUntil: later(work.now, seconds) });
}
