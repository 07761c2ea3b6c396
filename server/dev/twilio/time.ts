/** The simulator's time. */
export interface SimulatorTime {
  now(): Date;
  /** Calls `run` at that time, or at once if it is past. Returns a function that cancels it. */
  at(moment: Date, run: () => void): () => void;
}

/** Time that only moves by `advance`. */
export interface VirtualTime extends SimulatorTime {
  /** Returns the time of the next timer. */
  next(): Date | null;
  /** Advances the time and runs due timers; `between` runs after each. */
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
  // Sorted by time, then by order of setting.
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

/** Waits for the next turn of the event loop. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Thrown by waits when the call ends or is redirected. */
export class Interrupted extends Error {}

/** Waits for so many seconds. Throws `Interrupted` if the signal is aborted first. */
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

/** Returns the promise's value. Throws `Interrupted` if the signal is aborted first. */
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
