const rateableMs = 7 * 86_400_000;

export interface EndedCall {
  state: string;
  outcome: string | null;
  talkSeconds: number | null;
  endedAt: Date | null;
}

/** Returns whether a call can be rated: a conversation that ended within seven days. */
export function isRateable({ state, outcome, talkSeconds, endedAt }: EndedCall, now: Date): boolean {
  if (state !== 'closed' || outcome !== 'completed' || !talkSeconds || !endedAt) return false;
  return now.getTime() - endedAt.getTime() <= rateableMs;
}
