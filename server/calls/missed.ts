import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import * as queries from './queries.ts';

/** Marks the agent's missed calls as seen and notifies their pages. Idempotent. */
export async function markMissedCallsSeen(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  agentId: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const changed = await queries.markMissedSeen(tx, agentId, clock.now());
    if (changed) await announce(tx, [`agent:${agentId}`]);
  });
}
