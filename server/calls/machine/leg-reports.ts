import { applyEvent } from './advance.ts';
import { talkSecondsOf } from './call-end.ts';
import {
  type AgentResult,
  agentResultOf,
  finalStatus,
  isLaterStatus,
  isTerminal,
  type Leg,
} from './leg-status.ts';
import {
  agentLegOf,
  changeLeg,
  type LockedCall,
  queueHangUp,
  releaseAgent,
  visitorLegOf,
} from './locked-call.ts';
import { correctCredit } from './metering.ts';
import { tapeSeconds } from './rules.ts';

/** A call's status as reported by Twilio. */
export interface LegReport {
  sid: string;
  status: string;
  sipCode?: string | undefined;
  /** From answer to end; null while unknown. */
  durationSeconds: number | null;
  /** Both legs were found ended at once, so it isn't known who hung up. */
  bothEnded?: boolean;
}

/** Applies a report to its leg and call. Reports may come late, repeatedly and out of order. */
export async function applyLegReport(locked: LockedCall, leg: Leg, report: LegReport): Promise<void> {
  if (leg.sid !== null && leg.sid !== report.sid) {
    // Twilio has made a second call for the same order.
    if (!isTerminal(report.status) && leg.role === 'agent') {
      locked.legsToHangUp.push({ legId: leg.id, sid: report.sid });
      locked.isChanged = true;
    }
    return;
  }
  const isNew = leg.sid === null;
  const wasOver = isTerminal(leg.status);
  const { durationSeconds } = leg;
  if (isNew) changeLeg(locked, leg, { sid: report.sid });
  recordReport(locked, leg, report);
  // Answers without news to our repeated questions must not postpone the final estimate.
  const isKnown = wasOver && durationSeconds === leg.durationSeconds;
  if (isKnown && locked.call.state === 'settling') return;
  const endsCall = isTerminal(leg.status) && !wasOver && !report.bothEnded;
  if (leg.role === 'agent') await followAgentLeg(locked, leg, { isNew, endsCall });
  else await followVisitorLeg(locked, leg);
}

function recordReport(locked: LockedCall, leg: Leg, report: LegReport): void {
  const { now } = locked;
  const status = finalStatus(report.status, report.sipCode);
  if (isLaterStatus(leg.status, status)) {
    changeLeg(locked, leg, { status });
    if (status === 'ringing') changeLeg(locked, leg, { ringingAt: leg.ringingAt ?? now });
    if (status === 'in-progress') changeLeg(locked, leg, { answeredAt: leg.answeredAt ?? now });
    if (isTerminal(status)) changeLeg(locked, leg, { endedAt: now });
    if (status === 'failed') changeLeg(locked, leg, { errorCode: report.sipCode ?? null });
  }
  const { durationSeconds } = report;
  if (durationSeconds !== null && isTerminal(leg.status) && leg.durationSeconds !== durationSeconds)
    changeLeg(locked, leg, { durationSeconds });
}

async function followAgentLeg(
  locked: LockedCall,
  leg: Leg,
  { isNew, endsCall }: { isNew: boolean; endsCall: boolean },
): Promise<void> {
  const { call } = locked;
  const isGivenUp = leg.result !== null && leg.result !== 'accepted';
  if (isGivenUp) {
    if (isTerminal(leg.status)) releaseAgent(locked, leg);
    else queueHangUp(locked, leg);
    return;
  }
  if (leg !== agentLegOf(locked)) return;
  if (isTerminal(leg.status)) {
    if (endsCall && leg.result === 'accepted' && call.state !== 'closed' && !wasPromptedInVain(locked))
      call.endedBy ??= 'agent';
    await applyEvent(locked, 'agent_ended', { actor: 'twilio', result: attemptResult(locked, leg) });
    return;
  }
  if ((isNew && call.state === 'ending') || call.state === 'closed') queueHangUp(locked, leg);
  await applyEvent(locked, 'agent_ringing', { actor: 'twilio' });
}

/**
 * Returns whether the buyer's phone was picked up but never connected. Both legs then end together, so the order of their
 * callbacks doesn't tell who hung up; only `dialDone` does.
 */
function wasPromptedInVain(locked: LockedCall): boolean {
  const { answeredAt, phoneConfirmed } = locked.call;
  const visitorLeg = visitorLegOf(locked);
  const wasPickedUp = visitorLeg?.answeredAt != null || visitorLeg?.status === 'completed';
  return !answeredAt && !phoneConfirmed && wasPickedUp;
}

/** Returns the agent's result. A phone that listens to the whole prompt without pressing a key is voicemail. */
function attemptResult({ call, now }: LockedCall, leg: Leg): AgentResult {
  const result = agentResultOf(leg.status);
  const promptedSeconds = leg.durationSeconds ?? (now.getTime() - call.stateAt.getTime()) / 1000;
  const isTape = call.state === 'agent_screening' && result === 'hung_up' && promptedSeconds >= tapeSeconds;
  return isTape ? 'silent' : result;
}

async function followVisitorLeg(locked: LockedCall, leg: Leg): Promise<void> {
  const { call } = locked;
  const actor = 'twilio';
  if (isTerminal(leg.status)) {
    if (call.state === 'closed') await correctTalkSeconds(locked, leg);
    else await applyEvent(locked, 'visitor_ended', { actor });
  } else if (leg.status === 'in-progress') {
    if (call.phoneConfirmed) await applyEvent(locked, 'visitor_answered', { actor });
  } else await applyEvent(locked, 'visitor_ringing', { actor });
}

/** Corrects the length of a closed call's conversation, and its charge downwards. */
async function correctTalkSeconds(locked: LockedCall, leg: Leg): Promise<void> {
  const { call } = locked;
  if (call.outcome !== 'completed') return;
  const talkSeconds = talkSecondsOf(call, leg);
  if (talkSeconds === null || talkSeconds === call.talkSeconds) return;
  call.talkSeconds = talkSeconds;
  locked.isChanged = true;
  await correctCredit(locked);
}
