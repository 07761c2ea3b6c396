import type { Callbacks } from './callbacks.ts';
import { type CallStatus, type EndedBy, Leg, type LegSpec } from './leg.ts';
import { createRegistry, type Registry } from './registry.ts';
import { secondsAfter, secondsBetween, type SimulatorTime } from './time.ts';

/** Changes of legs. */
export interface Lines extends Registry {
  /** Creates a queued leg. Doesn't dial before `start`. */
  place(spec: Omit<LegSpec, 'createdAt'>): Leg;
  /** Dials; `outbound-api` after waiting in a queue. */
  start(leg: Leg): void;
  ring(leg: Leg): void;
  answer(leg: Leg): void;
  /** Ends a leg. Idempotent. */
  end(leg: Leg, status: CallStatus, by: EndedBy, sipCode?: number): void;
  press(leg: Leg, digits: string): void;
  /** Notifies watchers of another change. */
  touch: (leg: Leg) => void;
  /** Sets the time limit of a live leg. */
  limit(leg: Leg, seconds: number): void;
  onStart: (listener: (leg: Leg) => void) => void;
  /** Calls `listener` for each change of a leg. Returns a function that ends it. */
  onChange: (listener: (leg: Leg) => void) => () => void;
}

// Phones ring this much longer than requested.
const ringBufferSeconds = 5;
const ringTimeoutSipCode = 487;

const eventOf = { initiated: 'initiated', ringing: 'ringing', 'in-progress': 'answered' } as const;

export function createLines(time: SimulatorTime, callbacks: Callbacks, callsPerSecond: number): Lines {
  const registry = createRegistry();
  const watchers = createWatchers();
  const nextWaitMs = createQueue(time, callsPerSecond);

  function reach(leg: Leg, status: keyof typeof eventOf): void {
    leg.reach(status, time.now());
    callbacks.notify(leg, eventOf[status]);
    watchers.changed(leg);
  }

  function dial(leg: Leg): void {
    reach(leg, 'initiated');
    const ringsUntil = secondsAfter(time.now(), leg.spec.timeout + ringBufferSeconds);
    const giveUp = () => end(leg, 'no-answer', 'ring_timeout', ringTimeoutSipCode);
    const cancel = until(time, leg, ringsUntil, giveUp);
    leg.events.once('answered', cancel);
    watchers.started(leg);
  }

  function end(leg: Leg, status: CallStatus, by: EndedBy, sipCode?: number): void {
    if (leg.isOver) return;
    leg.close(status, by, sipCode, time.now());
    callbacks.notify(leg, 'completed');
    leg.over.abort();
    leg.documentRun.abort();
    watchers.changed(leg);
  }

  function limit(leg: Leg, seconds: number): void {
    leg.cancelLimit();
    const last = secondsAfter(leg.answeredAt ?? time.now(), seconds);
    leg.cancelLimit = until(time, leg, last, () => end(leg, 'completed', 'time_limit'));
  }

  return {
    ...registry,
    end,
    limit,
    touch: watchers.changed,
    onStart: watchers.onStart,
    onChange: watchers.onChange,
    place(spec) {
      const leg = new Leg({ ...spec, createdAt: time.now() });
      if (spec.direction === 'outbound-api') leg.queueMs = nextWaitMs();
      registry.add(leg);
      return leg;
    },
    start(leg) {
      const waits = leg.queueMs / 1000 - secondsBetween(leg.spec.createdAt, time.now());
      if (waits <= 0) dial(leg);
      else until(time, leg, secondsAfter(time.now(), waits), () => dial(leg));
    },
    ring: (leg) => reach(leg, 'ringing'),
    answer(leg) {
      if (leg.isOver || leg.answeredAt) return;
      reach(leg, 'in-progress');
      if (leg.spec.timeLimit !== null) limit(leg, leg.spec.timeLimit);
      leg.events.emit('answered');
    },
    press(leg, digits) {
      leg.press(digits);
      watchers.changed(leg);
    },
  };
}

/** Calls `act` at that time unless the leg has ended. Returns a function that cancels it. */
function until(time: SimulatorTime, leg: Leg, moment: Date, act: () => void): () => void {
  const cancel = time.at(moment, act);
  leg.over.signal.addEventListener('abort', cancel, { once: true });
  return cancel;
}

function createWatchers() {
  const starters: ((leg: Leg) => void)[] = [];
  const watchers = new Set<(leg: Leg) => void>();
  return {
    started: (leg: Leg): void => {
      for (const start of starters) start(leg);
    },
    changed: (leg: Leg): void => {
      for (const watcher of watchers) watcher(leg);
    },
    onStart: (listener: (leg: Leg) => void) => void starters.push(listener),
    onChange: (listener: (leg: Leg) => void) => {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
}

/** Returns a function that gives the next caller's wait in milliseconds. */
function createQueue(time: SimulatorTime, perSecond: number): () => number {
  let next = 0;
  return () => {
    const now = time.now().getTime();
    const turn = Math.max(now, next);
    next = turn + 1000 / perSecond;
    return turn - now;
  };
}
