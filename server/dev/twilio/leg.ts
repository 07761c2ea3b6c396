import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { secondsBetween } from './time.ts';

export type CallStatus =
  | 'queued'
  | 'initiated'
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'no-answer'
  | 'failed'
  | 'canceled';

export type CallEvent = 'initiated' | 'ringing' | 'answered' | 'completed';
export type Direction = 'outbound-api' | 'outbound-dial';

export type EndedBy =
  | 'callee'
  | 'other_side'
  | 'api'
  | 'document'
  | 'time_limit'
  | 'ring_timeout'
  | 'picked_elsewhere'
  | 'network'
  | 'error';

/** The status callbacks of a leg. */
export interface Subscription {
  url: string;
  method: string;
  events: Set<CallEvent>;
}

export interface LegSpec {
  to: string;
  from: string;
  direction: Direction;
  parent: Leg | null;
  /** Seconds of ringing; the network adds five. */
  timeout: number;
  /** Seconds from pick-up. */
  timeLimit: number | null;
  subscription: Subscription | null;
  createdAt: Date;
}

/** A prompt or file that was played to a phone. */
export interface Heard {
  at: Date;
  kind: 'say' | 'play';
  text: string;
  /** As in TwiML. */
  language?: string;
}

/** A period of conversation. */
export interface Talk {
  with: string;
  from: Date;
  to: Date | null;
}

interface LegEvents {
  answered: [];
  digit: [string];
  /** A prompt that waits for keys has begun; the first is 1. */
  prompt: [number];
  bridged: [];
  /** Redirected to another document by the API. */
  redirected: [];
}

/** One phone's part in a call. */
export class Leg {
  readonly sid: string;
  readonly spec: LegSpec;
  readonly events = new EventEmitter<LegEvents>();
  readonly ended: Promise<void>;
  /** Aborted when the leg ends. */
  readonly over = new AbortController();
  /** Aborted when the leg ends or is redirected to another document. */
  documentRun = new AbortController();
  status: CallStatus = 'queued';
  initiatedAt: Date | null = null;
  ringingAt: Date | null = null;
  answeredAt: Date | null = null;
  endedAt: Date | null = null;
  endedBy: EndedBy | null = null;
  sipCode: number | null = null;
  /** All keys pressed, in order. */
  digits = '';
  prompts = 0;
  /** Whether a prompt is waiting for keys. */
  listens = false;
  /** Redirected away from the `<Dial>` that created it, which no longer ends it. */
  detached = false;
  heard: Heard[] = [];
  talks: Talk[] = [];
  /** Error codes of its documents. */
  errors: number[] = [];
  /** All statuses with their times, for lagging API responses. */
  history: { at: Date; status: CallStatus }[];
  queueMs = 0;
  /** The number of callbacks so far. */
  callbacksSent = 0;
  /** Cancels the timer of its time limit. */
  cancelLimit: () => void = () => {};

  constructor(spec: LegSpec) {
    this.sid = newSid('CA');
    this.spec = spec;
    this.history = [{ at: spec.createdAt, status: 'queued' }];
    this.ended = new Promise((resolve) =>
      this.over.signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    this.events.setMaxListeners(0);
  }

  get isOver(): boolean {
    return this.endedAt !== null;
  }

  get talk(): Talk | null {
    const last = this.talks.at(-1);
    return last && last.to === null ? last : null;
  }

  /** Whole seconds from pick-up to end; 0 if nobody picked up. */
  get durationSeconds(): number {
    if (!this.answeredAt || !this.endedAt) return 0;
    return Math.round(secondsBetween(this.answeredAt, this.endedAt));
  }

  /** Sets a status and its time. */
  reach(status: 'initiated' | 'ringing' | 'in-progress', at: Date): void {
    this.#move(status, at);
    if (status === 'initiated') this.initiatedAt = at;
    else if (status === 'ringing') this.ringingAt = at;
    else this.answeredAt = at;
  }

  /** Ends the leg. The caller must abort `over`. */
  close(status: CallStatus, by: EndedBy, sipCode: number | undefined, at: Date): void {
    this.endedAt = at;
    this.endedBy = by;
    this.sipCode = sipCode ?? (this.answeredAt ? 200 : null);
    this.listens = false;
    if (this.talk) this.talk.to = at;
    this.#move(status, at);
  }

  /** Presses keys. A no-op outside of a call. */
  press(digits: string): void {
    for (const digit of digits) {
      if (this.isOver || !this.answeredAt) return;
      this.digits += digit;
      this.events.emit('digit', digit);
    }
  }

  #move(status: CallStatus, at: Date): void {
    this.status = status;
    this.history.push({ at, status });
  }
}

/** Returns a new SID: the prefix and 32 hexadecimal digits. */
export const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');
