const shortestWaitMs = 500;
const longestWaitMs = 20_000;

/**
 * Milliseconds until a lost connection is tried again, after so many attempts in vain: a random part of a span that
 * doubles, so that a service that restarts isn't stormed.
 */
export function waitAfter(attempts: number): number {
  const span = Math.min(longestWaitMs, 1_000 * 2 ** attempts);
  return Math.max(shortestWaitMs, Math.random() * span);
}
