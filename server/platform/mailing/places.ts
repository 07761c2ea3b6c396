/** How many mails are sent at once. */
export interface PlaceLimits {
  atOnce: number;
  /** A mail that takes longer is slow: another gets its place, unless too many are slow. Then it is aborted. */
  slowAfterSeconds: number;
  mostSlow: number;
}

/**
 * Runs `work` as soon as there is a place for it. `heldUp` is aborted when it must end. Throws the reason of `ending` once that
 * is aborted, instead of beginning.
 */
export type Places = <T>(work: (heldUp: AbortSignal) => Promise<T>, ending?: AbortSignal) => Promise<T>;

/** Returns the limits for so many connections (2 or more). */
export function placeLimits(connections: number): PlaceLimits {
  const atOnce = Math.max(1, Math.floor(connections * 0.4));
  return { atOnce, slowAfterSeconds: 5, mostSlow: connections - atOnce };
}

/** Returns places in which slow work holds up no other for long. */
export function createPlaces({ atOnce, slowAfterSeconds, mostSlow }: PlaceLimits): Places {
  let free = atOnce;
  let slow = 0;
  const waiting: (() => void)[] = [];
  const give = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const wait = (ending?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        ending?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(ending?.reason as Error);
      };
      ending?.addEventListener('abort', leave, { once: true });
      waiting.push(begin);
    });
  return async (work, ending) => {
    ending?.throwIfAborted();
    if (free > 0) free -= 1;
    else await wait(ending);
    const heldUp = new AbortController();
    let isSlow = false;
    const timer = setTimeout(() => {
      if (slow >= mostSlow) return heldUp.abort(new Error('too many mails are slow'));
      slow += 1;
      isSlow = true;
      give();
    }, slowAfterSeconds * 1000);
    try {
      return await work(heldUp.signal);
    } finally {
      clearTimeout(timer);
      if (isSlow) slow -= 1;
      else give();
    }
  };
}
