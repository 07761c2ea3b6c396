const shortestWaitMs = 500;
const longestWaitMs = 20_000;

/**
 * Returns the delay before the next attempt to reconnect, milliseconds, after so many failed ones: exponential backoff
 * with full jitter, so that a service that restarts isn't overrun.
 */
export function waitAfter(attempts: number): number {
  const span = Math.min(longestWaitMs, 1_000 * 2 ** attempts);
  return Math.max(shortestWaitMs, Math.random() * span);
}
