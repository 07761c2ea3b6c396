import { isTerminal, neverExisted, type Leg } from './legs.ts';
import { type Outcome, ringSeconds } from './rules.ts';

/** What is known of a call that is ending. */
export interface Evidence {
  /** Decided already, by whoever ended it before both were on the line. */
  outcome: Outcome | null;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  answeredAt: Date | null;
  /** No prompt was needed: whoever picks up is on the line. */
  phoneConfirmed: boolean;
  agentLeg: Leg | null;
  visitorLeg: Leg | null;
}

export interface Verdict {
  outcome: Outcome;
  endedBy: 'visitor' | 'agent' | 'system' | null;
  /** Null without a conversation. */
  talkSeconds: number | null;
}

/**
 * How the call ended, or null while that can still be learnt: from the visitor's leg its length, from the agent's who
 * hung up. `final`: no more will be learnt soon, so the length must be known and nothing else.
 */
export function verdict(known: Evidence, final: boolean): Verdict | null {
  const { agentLeg, visitorLeg } = known;
  if (!visitorLeg)
    return agentLeg && !isOver(agentLeg) && !final ? null : unconnected(known, 'platform_error');
  if (!isTerminal(visitorLeg.status)) return null;
  if (isConversation(known, visitorLeg)) {
    const talkSeconds = talkOf(known, visitorLeg);
    if (talkSeconds === null) return null;
    return known.endedBy || final ? { outcome: 'completed', endedBy: known.endedBy, talkSeconds } : null;
  }
  if (!known.outcome && !known.endedBy && !final) return null;
  return unconnected(known, outcomeWithout(known, visitorLeg));
}

const isOver = (leg: Leg): boolean => isTerminal(leg.status) || neverExisted(leg);

/** Both were on the line: we saw it, or a phone that needed no prompt was picked up though nobody told us then. */
function isConversation({ answeredAt, phoneConfirmed, outcome }: Evidence, visitorLeg: Leg): boolean {
  if (answeredAt) return true;
  return phoneConfirmed && visitorLeg.status === 'completed' && outcome === null;
}

/**
 * Seconds both were on the line. Twilio counts a leg from when its phone is picked up; what the visitor listened to
 * before it pressed 1 is no conversation and is taken off: from the picking up, when Twilio asks us what to say, to
 * the digit.
 */
export function talkOf(
  { answeredAt, phoneConfirmed }: Pick<Evidence, 'answeredAt' | 'phoneConfirmed'>,
  visitorLeg: Leg,
): number | null {
  const { durationSeconds, answeredAt: pickedUpAt } = visitorLeg;
  if (durationSeconds === null) return null;
  if (phoneConfirmed || !answeredAt || !pickedUpAt) return durationSeconds;
  const listened = Math.round((answeredAt.getTime() - pickedUpAt.getTime()) / 1000);
  return Math.max(0, durationSeconds - listened);
}

function outcomeWithout({ outcome, endedBy, agentLeg }: Evidence, visitorLeg: Leg): Outcome {
  if (outcome) return outcome;
  const { sid, status } = visitorLeg;
  if (endedBy === 'agent' && sid === null) return 'agent_left';
  // The agent's leg may have ended because of these, and its end alone been told.
  if (status === 'busy') return 'visitor_busy';
  if (status === 'failed') return 'visitor_failed';
  if (status === 'no-answer' && rangInVain(agentLeg, visitorLeg)) return 'visitor_no_answer';
  if (endedBy === 'agent' || status === 'canceled') return 'agent_left';
  // Picked up, and no 1 reached us: a voicemail, somebody who didn't want to, or one who pressed it while we were away.
  return status === 'completed' ? 'visitor_unconfirmed' : 'visitor_no_answer';
}

/** As long as a phone rings: a network may call that so too when the agent hung up meanwhile. */
const rangInVain = (agentLeg: Leg | null, { createdAt }: Leg): boolean =>
  !!agentLeg?.endedAt && agentLeg.endedAt.getTime() - createdAt.getTime() >= ringSeconds.visitor * 1000;

const endedByOutcome: Partial<Record<Outcome, 'visitor' | 'agent'>> = {
  visitor_cancelled: 'visitor',
  visitor_declined: 'visitor',
  agent_left: 'agent',
};

function unconnected(known: Evidence, otherwise: Outcome): Verdict {
  const outcome = known.outcome ?? otherwise;
  return { outcome, endedBy: endedByOutcome[outcome] ?? 'system', talkSeconds: null };
}
