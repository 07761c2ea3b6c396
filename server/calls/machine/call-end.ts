import { isTerminal, type Leg, neverExisted } from './leg-status.ts';
import { type Outcome, ringSeconds } from './rules.ts';

/** What is known of a call that is ending. */
export interface Evidence {
  /** Set when the call was ended before it was connected, by the side that ended it. */
  outcome: Outcome | null;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  answeredAt: Date | null;
  /** The buyer needs no prompt: picking up connects them. */
  phoneConfirmed: boolean;
  agentLeg: Leg | null;
  visitorLeg: Leg | null;
}

export interface CallEnd {
  outcome: Outcome;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  /** Null without a conversation. */
  talkSeconds: number | null;
}

/**
 * Returns how the call ended, or null while more can be learnt: its length from the buyer's leg, who hung up from the
 * agent's. `isFinal`: no more will be learnt soon, so only the length must be known.
 */
export function determineCallEnd(known: Evidence, isFinal: boolean): CallEnd | null {
  const { agentLeg, visitorLeg } = known;
  if (!visitorLeg)
    return agentLeg && !isOver(agentLeg) && !isFinal ? null : endWithoutTalk(known, 'platform_error');
  if (!isTerminal(visitorLeg.status)) return null;
  if (isConversation(known, visitorLeg)) {
    const talkSeconds = talkSecondsOf(known, visitorLeg);
    if (talkSeconds === null) return null;
    return known.endedBy || isFinal ? { outcome: 'completed', endedBy: known.endedBy, talkSeconds } : null;
  }
  if (!known.outcome && !known.endedBy && !isFinal) return null;
  return endWithoutTalk(known, outcomeWithoutTalk(known, visitorLeg));
}

const isOver = (leg: Leg): boolean => isTerminal(leg.status) || neverExisted(leg);

/** Without a prompt, a phone that was picked up was connected, even if no callback said so at the time. */
function isConversation({ answeredAt, phoneConfirmed, outcome }: Evidence, visitorLeg: Leg): boolean {
  if (answeredAt) return true;
  return phoneConfirmed && visitorLeg.status === 'completed' && outcome === null;
}

/**
 * Returns how many seconds both were on the line. Twilio counts a leg from its pick-up; the prompt before the buyer
 * pressed 1 is no conversation and is subtracted.
 */
export function talkSecondsOf(
  { answeredAt, phoneConfirmed }: Pick<Evidence, 'answeredAt' | 'phoneConfirmed'>,
  visitorLeg: Leg,
): number | null {
  const { durationSeconds, answeredAt: pickedUpAt } = visitorLeg;
  if (durationSeconds === null) return null;
  if (phoneConfirmed || !answeredAt || !pickedUpAt) return durationSeconds;
  const promptSeconds = Math.round((answeredAt.getTime() - pickedUpAt.getTime()) / 1000);
  return Math.max(0, durationSeconds - promptSeconds);
}

function outcomeWithoutTalk({ outcome, endedBy, agentLeg }: Evidence, visitorLeg: Leg): Outcome {
  if (outcome) return outcome;
  const { sid, status } = visitorLeg;
  if (endedBy === 'agent' && sid === null) return 'agent_left';
  // These may have ended the agent's leg too, and only that end been reported.
  if (status === 'busy') return 'visitor_busy';
  if (status === 'failed') return 'visitor_failed';
  if (status === 'no-answer' && rangToTheEnd(agentLeg, visitorLeg)) return 'visitor_no_answer';
  if (endedBy === 'agent' || status === 'canceled') return 'agent_left';
  // Picked up, but no 1 reached us: a voicemail, somebody who declined, or one who pressed it while we were down.
  return status === 'completed' ? 'visitor_unconfirmed' : 'visitor_no_answer';
}

/** Networks also report no-answer when the agent hung up while it rang: only a full ringing time proves it. */
const rangToTheEnd = (agentLeg: Leg | null, { createdAt }: Leg): boolean =>
  !!agentLeg?.endedAt && agentLeg.endedAt.getTime() - createdAt.getTime() >= ringSeconds.visitor * 1000;

const endedByOutcome: Partial<Record<Outcome, 'visitor' | 'agent'>> = {
  visitor_cancelled: 'visitor',
  visitor_declined: 'visitor',
  agent_left: 'agent',
};

function endWithoutTalk(known: Evidence, otherwise: Outcome): CallEnd {
  const outcome = known.outcome ?? otherwise;
  return { outcome, endedBy: endedByOutcome[outcome] ?? 'system', talkSeconds: null };
}
