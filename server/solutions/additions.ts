import type { Attempt } from '#server/platform/idempotency.ts';

/** An addition to a buyer's solution (`id` may be `current`) under an idempotency key. */
export interface Addition {
  buyerId: string;
  id: string;
  key: string | null;
}

// Double clicks come soon, and stored answers can be long: keep few per buyer.
const keepDays = 1;
const mostKeys = 100;

/** Returns the attempt to add `body`, for `once`. Single lines and lists share one space of keys. */
export function attemptToAdd({ buyerId, id, key }: Addition, body: object, now: Date): Attempt {
  const actor = `buyer:${buyerId}`;
  return { actor, operation: 'solutions.add', key, body: [id, body], now, keepDays, mostKeys };
}
