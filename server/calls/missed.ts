import type { Context } from '#server/context.ts';
import { announce } from '#server/platform/realtime.ts';
import * as queries from './queries.ts';

/** The agent has seen which calls it missed; its other pages hear of it. Doing it again changes nothing. */
export async function seeMissed(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  agentId: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const changed = await queries.markMissedSeen(tx, agentId, clock.now());
    if (changed) await announce(tx, [`agent:${agentId}`]);
  });
}
