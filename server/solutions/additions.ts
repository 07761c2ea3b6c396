import type { Attempt } from '#server/platform/idempotency.ts';

/** Who adds to which solution (`id` may be `current`), under which idempotency key. */
export interface Addition {
  buyerId: string;
  id: string;
  key: string | null;
}

// A second press follows soon. One buyer's answers, some of them long, must not fill the table.
const keepDays = 1;
const mostKeys = 100;

/** Returns the attempt to add `body`, for `once`. Lines and lists share their keys. */
export function attemptToAdd({ buyerId, id, key }: Addition, body: object, now: Date): Attempt {
  const actor = `buyer:${buyerId}`;
  return { actor, operation: 'solutions.add', key, body: [id, body], now, keepDays, mostKeys };
}
