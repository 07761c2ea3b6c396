import { isTerminal, type Leg, neverExisted } from './leg-status.ts';
import { type Outcome, ringSeconds } from './rules.ts';

/** The known facts about a call that is ending. */
export interface Evidence {
  /** Set if one side ended the call before it was connected. */
  outcome: Outcome | null;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  answeredAt: Date | null;
  /** The buyer gets no prompt: picking up connects them. */
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
 * Returns how the call ended, or null while callbacks are missing: the buyer's leg gives the length, the agent's leg who
 * hung up. `isFinal`: don't wait for the latter.
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

/** Returns whether both talked. Without a prompt picking up connects, even if its callback was lost. */
function isConversation({ answeredAt, phoneConfirmed, outcome }: Evidence, visitorLeg: Leg): boolean {
  if (answeredAt) return true;
  return phoneConfirmed && visitorLeg.status === 'completed' && outcome === null;
}

/** Returns the conversation's seconds. Subtracts the buyer's prompt, because Twilio counts from the pick-up. */
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
  // Check before `endedBy`: these statuses may end the agent's leg too, whose callback may come first.
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
