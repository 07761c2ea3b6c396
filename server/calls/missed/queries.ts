import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { callLegs } from '#db/tables/calls.ts';

/** The agent has seen the calls that it missed; whether there were any new ones. One statement. */
export async function markSeen(tx: Db, agentId: number, at: Date): Promise<boolean> {
  const seen = await tx
    .update(callLegs)
    .set({ seenAt: at })
    .where(
      and(
        eq(callLegs.agentId, agentId),
        eq(callLegs.role, 'agent'),
        isNull(callLegs.seenAt),
        inArray(callLegs.result, ['no_answer', 'silent', 'busy', 'unreachable']),
      ),
    )
    .returning({ id: callLegs.id });
  return seen.length > 0;
}
