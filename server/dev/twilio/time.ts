/** When things happen on the simulated network. */
export interface SimulatorTime {
  now(): Date;
  /** Runs once at that moment (at once when it is past); the answer cancels it. */
  at(moment: Date, run: () => void): () => void;
}

/** Time that stands still until it is moved. */
export interface VirtualTime extends SimulatorTime {
  /** The next moment at which something is to happen. */
  next(): Date | null;
  /** Moves on, stopping at each moment at which something happens; `between` runs after each. */
  advance(ms: number, between?: () => Promise<void>): Promise<void>;
}

const longestTimeout = 2 ** 31 - 1;

export function realTime(): SimulatorTime {
  return {
    now: () => new Date(),
    at(moment, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, moment.getTime() - Date.now()), longestTimeout));
      return () => clearTimeout(timer);
    },
  };
}

interface Timer {
  at: number;
  run: () => void;
}

export function virtualTime(start: Date = new Date()): VirtualTime {
  let now = start.getTime();
  // In order of their moments, those of one moment in order of their setting.
  const timers: Timer[] = [];

  async function fireUntil(end: number, between: () => Promise<void>): Promise<void> {
    for (let timer = timers[0]; timer && timer.at <= end; timer = timers[0]) {
      timers.shift();
      now = Math.max(now, timer.at);
      timer.run();
      await between();
    }
  }

  return {
    now: () => new Date(now),
    at(moment, run) {
      const timer = { at: Math.max(moment.getTime(), now), run };
      const later = timers.findIndex((other) => other.at > timer.at);
      timers.splice(later < 0 ? timers.length : later, 0, timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
    next: () => (timers[0] ? new Date(timers[0].at) : null),
    async advance(ms, between = turn) {
      const end = now + ms;
      await between();
      await fireUntil(end, between);
      now = end;
      await between();
    },
  };
}

/** Lets everything run that waits for nothing but its turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What a wait throws when its call ends or goes elsewhere. */
export class Interrupted extends Error {}

/** Resolves after that many seconds, or throws `Interrupted` when the signal comes first. */
export function pause(time: SimulatorTime, seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Interrupted());
    const stop = () => {
      cancel();
      reject(new Interrupted());
    };
    const cancel = time.at(secondsAfter(time.now(), seconds), () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Returns the promise's value, or `Interrupted` when the signal comes first. */
export function unlessStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Interrupted());
    const stop = () => reject(new Interrupted());
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

export const secondsAfter = (moment: Date, seconds: number): Date =>
  new Date(moment.getTime() + seconds * 1000);

export const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
