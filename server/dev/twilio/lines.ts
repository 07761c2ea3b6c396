import type { Callbacks } from './callbacks.ts';
import { type CallStatus, type EndedBy, Leg, type LegSpec } from './leg.ts';
import { createRegistry, type Registry } from './registry.ts';
import { secondsAfter, secondsBetween, type SimulatorTime } from './time.ts';

/** The network's lines: what may happen to a leg, in the order in which it may happen. */
export interface Lines extends Registry {
  /** Queued; nothing is dialled before `start`. */
  place(spec: Omit<LegSpec, 'createdAt'>): Leg;
  /** Dials, once its turn has come: only `outbound-api` waits in a queue. */
  start(leg: Leg): void;
  ring(leg: Leg): void;
  answer(leg: Leg): void;
  /** Does nothing to a leg that is over. */
  end(leg: Leg, status: CallStatus, by: EndedBy, sipCode?: number): void;
  press(leg: Leg, digits: string): void;
  /** Something else about it changed. */
  touch(leg: Leg): void;
  /** A leg's longest conversation changes while it lasts. */
  limit(leg: Leg, seconds: number): void;
  onStart(listener: (leg: Leg) => void): void;
  /** Any change of any leg; the answer ends the listening. */
  onChange(listener: (leg: Leg) => void): () => void;
}

// The network lets a phone ring that much longer than asked.
const ringBufferSeconds = 5;
const ringTimeoutSipCode = 487;

export function createLines(time: SimulatorTime, callbacks: Callbacks, callsPerSecond: number): Lines {
  const registry = createRegistry();
  const takeTurn = createTurns(time, callsPerSecond);
  const starters: ((leg: Leg) => void)[] = [];
  const watchers = new Set<(leg: Leg) => void>();
  const limits = new WeakMap<Leg, () => void>();

  function changed(leg: Leg): void {
    leg.events.emit('changed');
    for (const watcher of watchers) watcher(leg);
  }

  /** At that moment, unless the leg is over by then. */
  function until(leg: Leg, moment: Date, act: () => void): () => void {
    const cancel = time.at(moment, act);
    leg.over.signal.addEventListener('abort', cancel, { once: true });
    return cancel;
  }

  function dial(leg: Leg): void {
    const now = time.now();
    leg.initiatedAt = now;
    leg.move('initiated', now);
    callbacks.notify(leg, 'initiated');
    const cancel = until(leg, secondsAfter(now, leg.spec.timeout + ringBufferSeconds), () =>
      end(leg, 'no-answer', 'ring_timeout', ringTimeoutSipCode),
    );
    leg.events.once('answered', cancel);
    for (const start of starters) start(leg);
    changed(leg);
  }

  function reach(leg: Leg, status: 'ringing' | 'in-progress'): void {
    const now = time.now();
    leg.move(status, now);
    if (status === 'ringing') leg.ringingAt = now;
    else leg.answeredAt = now;
    callbacks.notify(leg, status === 'ringing' ? 'ringing' : 'answered');
    if (status === 'in-progress') {
      if (leg.spec.timeLimit !== null) limit(leg, leg.spec.timeLimit);
      leg.events.emit('answered');
    }
    changed(leg);
  }

  function end(leg: Leg, status: CallStatus, by: EndedBy, sipCode?: number): void {
    if (leg.isOver) return;
    const now = time.now();
    leg.endedAt = now;
    leg.endedBy = by;
    leg.sipCode = sipCode ?? (leg.answeredAt ? 200 : null);
    leg.listens = false;
    const talk = leg.talk;
    if (talk) talk.to = now;
    leg.move(status, now);
    callbacks.notify(leg, 'completed');
    leg.over.abort();
    leg.programme.abort();
    changed(leg);
  }

  function limit(leg: Leg, seconds: number): void {
    limits.get(leg)?.();
    const last = secondsAfter(leg.answeredAt ?? time.now(), seconds);
    limits.set(
      leg,
      until(leg, last, () => end(leg, 'completed', 'time_limit')),
    );
  }

  return {
    ...registry,
    place(spec) {
      const leg = new Leg({ ...spec, createdAt: time.now() });
      if (spec.direction === 'outbound-api') leg.queueMs = takeTurn();
      registry.add(leg);
      return leg;
    },
    start(leg) {
      const waits = leg.queueMs / 1000 - secondsBetween(leg.spec.createdAt, time.now());
      if (waits <= 0) dial(leg);
      else until(leg, secondsAfter(time.now(), waits), () => dial(leg));
    },
    ring: (leg) => reach(leg, 'ringing'),
    answer(leg) {
      if (!leg.isOver && !leg.answeredAt) reach(leg, 'in-progress');
    },
    end,
    limit,
    press(leg, digits) {
      press(leg, digits);
      changed(leg);
    },
    touch: changed,
    onStart: (listener) => void starters.push(listener),
    onChange(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
}

function press(leg: Leg, digits: string): void {
  for (const digit of digits) {
    if (leg.isOver || !leg.answeredAt) return;
    leg.digits += digit;
    leg.events.emit('digit', digit);
  }
}

/** Whose turn comes when: the answer is the wait in milliseconds. */
function createTurns(time: SimulatorTime, perSecond: number): () => number {
  let next = 0;
  return () => {
    const now = time.now().getTime();
    const turn = Math.max(now, next);
    next = turn + 1000 / perSecond;
    return turn - now;
  };
}
