import { happen } from './advance.ts';
import { type AgentResult, finalStatus, isFurther, isTerminal, type Leg, resultOf } from './legs.ts';
import { tapeSeconds } from './rules.ts';
import { talkOf } from './verdict.ts';
import { agentLegOf, changeLeg, endLater, letGo, visitorLegOf, type Work } from './work.ts';

/** What the telephone company says of one of its calls. */
export interface Word {
  sid: string;
  status: string;
  sipCode?: string | undefined;
  /** From answer to end; null while unknown. */
  durationSeconds: number | null;
  /** Both legs of the call were found over at once: which one ended the other isn't known. */
  withOther?: boolean;
}

/** Takes note of it, however late, repeated or out of order it comes, and lets follow what follows. */
export async function told(work: Work, leg: Leg, word: Word): Promise<void> {
  if (leg.sid !== null && leg.sid !== word.sid) {
    // A second call for one order: nobody asked for it.
    if (!isTerminal(word.status) && leg.role === 'agent') {
      work.end.push({ legId: leg.id, sid: word.sid });
      work.changed = true;
    }
    return;
  }
  const isNew = leg.sid === null;
  const wasOver = isTerminal(leg.status);
  const { durationSeconds } = leg;
  if (isNew) changeLeg(work, leg, { sid: word.sid });
  note(work, leg, word);
  // Asked again and again how it ended: what is known already must not put off that the call is settled without more.
  const isKnown = wasOver && durationSeconds === leg.durationSeconds;
  if (isKnown && work.call.state === 'settling') return;
  const endsCall = isTerminal(leg.status) && !wasOver && !word.withOther;
  if (leg.role === 'agent') await agentTold(work, leg, { isNew, endsCall });
  else await visitorTold(work, leg);
}

function note(work: Work, leg: Leg, word: Word): void {
  const { now } = work;
  const status = finalStatus(word.status, word.sipCode);
  if (isFurther(leg.status, status)) {
    changeLeg(work, leg, { status });
    if (status === 'ringing') changeLeg(work, leg, { ringingAt: leg.ringingAt ?? now });
    if (status === 'in-progress') changeLeg(work, leg, { answeredAt: leg.answeredAt ?? now });
    if (isTerminal(status)) changeLeg(work, leg, { endedAt: now });
    if (status === 'failed') changeLeg(work, leg, { errorCode: word.sipCode ?? null });
  }
  if (word.durationSeconds !== null && isTerminal(leg.status)) {
    if (leg.durationSeconds !== word.durationSeconds)
      changeLeg(work, leg, { durationSeconds: word.durationSeconds });
  }
}

async function agentTold(
  work: Work,
  leg: Leg,
  { isNew, endsCall }: { isNew: boolean; endsCall: boolean },
): Promise<void> {
  const { call } = work;
  const isGivenUp = leg.result !== null && leg.result !== 'accepted';
  if (isGivenUp) {
    if (isTerminal(leg.status)) letGo(work, leg);
    else endLater(work, leg);
    return;
  }
  if (leg !== agentLegOf(work)) return;
  if (isTerminal(leg.status)) {
    if (endsCall && leg.result === 'accepted' && call.state !== 'closed' && !wasAskedInVain(work))
      call.endedBy ??= 'agent';
    await happen(work, 'agent_ended', { actor: 'twilio', result: attemptOf(work, leg) });
    return;
  }
  if ((isNew && call.state === 'ending') || call.state === 'closed') endLater(work, leg);
  await happen(work, 'agent_ringing', { actor: 'twilio' });
}

/**
 * The visitor's phone was picked up and asked, and never joined: the agent's ends soon after that alone, and which of the
 * two words comes first says nothing. That it was the agent who hung up is said by the end of the dialling.
 */
function wasAskedInVain(work: Work): boolean {
  const { answeredAt, phoneConfirmed } = work.call;
  const visitorLeg = visitorLegOf(work);
  const wasPickedUp = visitorLeg?.answeredAt != null || visitorLeg?.status === 'completed';
  return !answeredAt && !phoneConfirmed && wasPickedUp;
}

/** Who is asked and hangs up late, without a key, is a voicemail at the end of its tape. */
function attemptOf({ call, now }: Work, leg: Leg): AgentResult {
  const result = resultOf(leg.status);
  const asked = leg.durationSeconds ?? (now.getTime() - call.stateAt.getTime()) / 1000;
  const isTape = call.state === 'agent_screening' && result === 'hung_up' && asked >= tapeSeconds;
  return isTape ? 'silent' : result;
}

async function visitorTold(work: Work, leg: Leg): Promise<void> {
  const { call } = work;
  const actor = 'twilio';
  if (isTerminal(leg.status)) {
    if (call.state === 'closed') correctLength(work, leg);
    else await happen(work, 'visitor_ended', { actor });
  } else if (leg.status === 'in-progress') {
    if (call.phoneConfirmed) await happen(work, 'visitor_answered', { actor });
  } else await happen(work, 'visitor_ringing', { actor });
}

/** What comes after the end may only mend the length of the conversation. */
function correctLength(work: Work, leg: Leg): void {
  const { call } = work;
  if (call.outcome !== 'completed') return;
  const talkSeconds = talkOf(call, leg);
  if (talkSeconds === null || talkSeconds === call.talkSeconds) return;
  call.talkSeconds = talkSeconds;
  work.changed = true;
}
