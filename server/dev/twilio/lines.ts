import type { Callbacks } from './callbacks.ts';
import { type CallStatus, type EndedBy, Leg, type LegSpec } from './leg.ts';
import { secondsAfter, secondsBetween, type SimulatorTime } from './time.ts';

/** The network's lines: what may happen to a leg, in the order in which it may happen. */
export interface Lines {
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
  forget(leg: Leg): void;
  /** A leg's longest conversation changes while it lasts. */
  limit(leg: Leg, seconds: number): void;
  /** In the order of their placing. */
  all(): Leg[];
  bySid(sid: string): Leg | undefined;
  liveOn(number: string): Leg | undefined;
  /** Whether that phone has another call. */
  othersOn(leg: Leg): boolean;
  liveCount(): number;
  onStart(listener: (leg: Leg) => void): void;
  /** Any change of any leg; the answer ends the listening. */
  onChange(listener: (leg: Leg) => void): () => void;
}

// The network lets a phone ring that much longer than asked.
const ringBufferSeconds = 5;
const ringTimeoutSipCode = 487;

export function createLines(time: SimulatorTime, callbacks: Callbacks, callsPerSecond: number): Lines {
  const legs = new Map<string, Leg>();
  const starters: ((leg: Leg) => void)[] = [];
  const watchers = new Set<(leg: Leg) => void>();
  const limits = new WeakMap<Leg, () => void>();
  let nextTurn = 0;

  function changed(leg: Leg): void {
    leg.events.emit('changed');
    for (const watcher of watchers) watcher(leg);
  }

  function takeTurn(): number {
    const now = time.now().getTime();
    const turn = Math.max(now, nextTurn);
    nextTurn = turn + 1000 / callsPerSecond;
    return turn - now;
  }

  function dial(leg: Leg): void {
    const now = time.now();
    leg.initiatedAt = now;
    leg.move('initiated', now);
    callbacks.notify(leg, 'initiated');
    const cancel = time.at(secondsAfter(now, leg.spec.timeout + ringBufferSeconds), () =>
      end(leg, 'no-answer', 'ring_timeout', ringTimeoutSipCode),
    );
    leg.events.once('answered', cancel);
    leg.over.signal.addEventListener('abort', cancel, { once: true });
    for (const start of starters) start(leg);
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
    const cancel = time.at(secondsAfter(leg.answeredAt ?? time.now(), seconds), () =>
      end(leg, 'completed', 'time_limit'),
    );
    limits.set(leg, cancel);
    leg.over.signal.addEventListener('abort', cancel, { once: true });
  }

  const live = (number: string) =>
    [...legs.values()].filter((leg) => leg.spec.to === number && leg.initiatedAt !== null && !leg.isOver);

  return {
    place(spec) {
      const leg = new Leg({ ...spec, createdAt: time.now() });
      if (spec.direction === 'outbound-api') leg.queueMs = takeTurn();
      legs.set(leg.sid, leg);
      return leg;
    },
    start(leg) {
      const waits = leg.queueMs / 1000 - secondsBetween(leg.spec.createdAt, time.now());
      if (waits <= 0) return dial(leg);
      const cancel = time.at(secondsAfter(time.now(), waits), () => dial(leg));
      leg.over.signal.addEventListener('abort', cancel, { once: true });
    },
    ring(leg) {
      leg.ringingAt = time.now();
      leg.move('ringing', leg.ringingAt);
      callbacks.notify(leg, 'ringing');
      changed(leg);
    },
    answer(leg) {
      if (leg.isOver || leg.answeredAt) return;
      leg.answeredAt = time.now();
      leg.move('in-progress', leg.answeredAt);
      callbacks.notify(leg, 'answered');
      if (leg.spec.timeLimit !== null) limit(leg, leg.spec.timeLimit);
      leg.events.emit('answered');
      changed(leg);
    },
    end,
    limit,
    press(leg, digits) {
      for (const digit of digits) {
        if (leg.isOver || !leg.answeredAt) return;
        leg.digits += digit;
        leg.events.emit('digit', digit);
      }
      changed(leg);
    },
    touch: changed,
    forget: (leg) => void legs.delete(leg.sid),
    all: () => [...legs.values()],
    bySid: (sid) => legs.get(sid),
    liveOn: (number) => live(number)[0],
    othersOn: (leg) => live(leg.spec.to).some((other) => other !== leg),
    liveCount: () => [...legs.values()].filter((leg) => !leg.isOver).length,
    onStart: (listener) => void starters.push(listener),
    onChange(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
}
