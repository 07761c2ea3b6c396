import type { Db } from '#db/client.ts';
import { announce } from '#server/platform/realtime.ts';
import * as queries from './queries.ts';

/**
 * Makes the shown status of the agents what it is at `now`, in the transaction that changed what it depends on: a
 * leg, a lease, a declaration. Call it after that change, for all agents concerned at once. Locks their presence
 * until the commit; announces those that changed.
 */
export async function refresh(tx: Db, agentIds: readonly number[], now: Date): Promise<void> {
  if (agentIds.length === 0) return;
  await queries.lock(tx, agentIds, now);
  await recompute(tx, agentIds, now);
}

export async function recompute(tx: Db, agentIds: readonly number[], now: Date): Promise<void> {
  const changed = await queries.recompute(tx, agentIds, now);
  await announce(tx, changed.map(keyOf));
}

export const keyOf = (agentId: number) => `agent:${agentId}` as const;
