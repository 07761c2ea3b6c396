import type { SentCallback } from './callbacks.ts';
import type { Leg, EndedBy, CallStatus, Direction, Heard } from './leg.ts';
import { secondsBetween } from './time.ts';

/** What really happened on a line, for tests to compare with the service's records. */
export interface LedgerLeg {
  sid: string;
  parentSid: string | null;
  to: string;
  from: string;
  direction: Direction;
  status: CallStatus;
  createdAt: Date;
  initiatedAt: Date | null;
  ringingAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  endedBy: EndedBy | null;
  sipCode: number | null;
  /** Whole seconds from pick-up to end, as reported to the service. */
  durationSeconds: number;
  billedMinutes: number;
  /** The numbers it was connected with. */
  talkedWith: string[];
  talkedFrom: Date | null;
  talkSeconds: number;
  digits: string;
  heard: Heard[];
  /** Error codes of its documents. */
  errors: number[];
  history: { at: Date; status: CallStatus }[];
  callbacks: SentCallback[];
}

export function ledgerOf(leg: Leg, now: Date, sent: SentCallback[]): LedgerLeg {
  const { sid, status, spec, initiatedAt, ringingAt, answeredAt, endedAt, endedBy, sipCode } = leg;
  return {
    sid,
    parentSid: spec.parent?.sid ?? null,
    to: spec.to,
    from: spec.from,
    direction: spec.direction,
    status,
    createdAt: spec.createdAt,
    initiatedAt,
    ringingAt,
    answeredAt,
    endedAt,
    endedBy,
    sipCode,
    durationSeconds: leg.durationSeconds,
    billedMinutes: Math.ceil(leg.durationSeconds / 60),
    talkedWith: leg.talks.map((talk) => talk.with),
    talkedFrom: leg.talks[0]?.from ?? null,
    talkSeconds: leg.talks.reduce((sum, { from, to }) => sum + secondsBetween(from, to ?? now), 0),
    digits: leg.digits,
    heard: [...leg.heard],
    errors: [...leg.errors],
    history: [...leg.history],
    callbacks: sent.filter((callback) => callback.sid === sid),
  };
}
