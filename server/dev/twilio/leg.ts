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

/** Where a leg's progress is told. */
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
  /** Seconds of ringing asked for; the network adds five. */
  timeout: number;
  /** Seconds from the answer. */
  timeLimit: number | null;
  subscription: Subscription | null;
  createdAt: Date;
}

/** What a phone's ear got: a prompt spoken, a file played. */
export interface Heard {
  at: Date;
  kind: 'say' | 'play';
  text: string;
  /** As the document names it. */
  language?: string;
}

/** A stretch of conversation. */
export interface Talk {
  with: string;
  from: Date;
  to: Date | null;
}

interface LegEvents {
  answered: [];
  digit: [string];
  /** A prompt that waits for keys began; the first is 1. */
  prompt: [number];
  bridged: [];
  /** Sent to another document from outside. */
  redirected: [];
}

/** One phone line of a call, from its placing to its end. */
export class Leg {
  readonly sid: string;
  readonly spec: LegSpec;
  readonly events = new EventEmitter<LegEvents>();
  readonly ended: Promise<void>;
  /** Aborted by the end of the leg. */
  readonly over = new AbortController();
  /** Aborted when the leg leaves its document for another one. */
  programme = new AbortController();
  status: CallStatus = 'queued';
  initiatedAt: Date | null = null;
  ringingAt: Date | null = null;
  answeredAt: Date | null = null;
  endedAt: Date | null = null;
  endedBy: EndedBy | null = null;
  sipCode: number | null = null;
  /** Digits pressed, all of them in order. */
  digits = '';
  prompts = 0;
  /** The prompt waits for keys right now. */
  listens = false;
  /** Left the dialling that placed it: ends by itself only. */
  detached = false;
  heard: Heard[] = [];
  talks: Talk[] = [];
  /** Codes of what went wrong in its documents. */
  errors: number[] = [];
  /** Every status it ever had, with its moment: an answer of the past is made from it. */
  history: { at: Date; status: CallStatus }[];
  queueMs = 0;
  /** Callbacks told so far. */
  told = 0;
  /** Of the timer that ends it after its time limit. */
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

  /** Whole seconds from the answer to the end; 0 for a leg nobody answered. */
  get durationSeconds(): number {
    if (!this.answeredAt || !this.endedAt) return 0;
    return Math.round(secondsBetween(this.answeredAt, this.endedAt));
  }

  /** On its way: each status has its moment. */
  reach(status: 'initiated' | 'ringing' | 'in-progress', at: Date): void {
    this.#move(status, at);
    if (status === 'initiated') this.initiatedAt = at;
    else if (status === 'ringing') this.ringingAt = at;
    else this.answeredAt = at;
  }

  /** Ends the leg and everything in it; `over.abort()` wakes the waiting code. */
  close(status: CallStatus, by: EndedBy, sipCode: number | undefined, at: Date): void {
    this.endedAt = at;
    this.endedBy = by;
    this.sipCode = sipCode ?? (this.answeredAt ? 200 : null);
    this.listens = false;
    if (this.talk) this.talk.to = at;
    this.#move(status, at);
  }

  /** Keys count only in a call. */
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

/** Returns an identifier of the network: two letters and 32 hexadecimal digits. */
export const newSid = (prefix: string): string => prefix + randomBytes(16).toString('hex');
