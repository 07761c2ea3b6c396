import type { Call } from '#lib/api/schema.d.ts';

const afterwardsMs = 10 * 60_000;

/** Returns whether pages still show a call: while it lives, and for ten minutes afterwards unless it was rated. */
export function isShown({ status, endedAt, serverNow, rating }: Call): boolean {
  if (status !== 'ended') return true;
  return rating === null && endedAt !== null && Date.parse(serverNow) - Date.parse(endedAt) < afterwardsMs;
}
