import type { Db } from '#db/client.ts';
import { announce } from '#server/platform/realtime.ts';
import * as queries from './queries.ts';

/**
 * Updates the agents' statuses after a change of legs, leases or declarations in this transaction, and notifies watchers.
 * Call it once for all agents concerned: it locks their rows in order.
 */
export async function refresh(tx: Db, agentIds: readonly number[], now: Date): Promise<void> {
  if (agentIds.length === 0) return;
  await queries.lockPresence(tx, agentIds, now);
  await recompute(tx, agentIds, now);
}

export async function recompute(tx: Db, agentIds: readonly number[], now: Date): Promise<void> {
  const changed = await queries.recompute(tx, agentIds, now);
  await announce(tx, changed.map(agentKey));
}

export const agentKey = (agentId: number) => `agent:${agentId}` as const;
