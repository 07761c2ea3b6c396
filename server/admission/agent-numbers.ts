import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import { isCallableAgentNumber, masked, readNumber } from './rules.ts';

/**
 * Returns an agent's number in E.164; null if its kind or country may not be called. Agents' numbers are checked too,
 * because a vendor could earn from a premium number in its catalogue.
 */
export function callableNumber(text: string, calling: CallingConfig): string | null {
  const number = readNumber(text);
  return number && isCallableAgentNumber(number, calling) ? number.number : null;
}

const rowsAtOnce = 500;

/** Yields the agents with a number in batches. */
async function* agentsWithNumber(db: Context['db']): AsyncGenerator<vendors.AgentNumber[]> {
  let after = 0;
  for (;;) {
    const some = await vendors.agentNumbers(db, after, rowsAtOnce);
    if (some.length > 0) yield some;
    if (some.length < rowsAtOnce) return;
    after = some.at(-1)?.agentId ?? after;
  }
}

/** Updates which agents can be called, by the current catalogue and configuration. Others are shown offline. */
export async function checkAgentNumbers({
  config,
  clock,
  db,
}: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  for await (const some of agentsWithNumber(db)) {
    const changed = some.filter(
      ({ phone, callable }) => callable !== (callableNumber(phone, config.calling) !== null),
    );
    for (const callable of [true, false]) {
      const toUpdate = changed.filter((one) => one.callable !== callable);
      if (toUpdate.length === 0) continue;
      await db.transaction(async (tx) => {
        const ids = await vendors.setCallable(tx, toUpdate, callable);
        await presence.refresh(tx, ids, clock.now());
      });
    }
  }
}

/** An agent who can't be called. `number`: masked; null if it can't be parsed. */
export interface UncallableAgent {
  vendor: string;
  name: string;
  number: string | null;
}

/** Returns the first `most` agents who can't be called, and their total, for operators. */
export async function agentsNotCallable(
  db: Context['db'],
  calling: CallingConfig,
  most: number,
): Promise<{ first: UncallableAgent[]; total: number }> {
  const first: UncallableAgent[] = [];
  let total = 0;
  for await (const some of agentsWithNumber(db)) {
    const found = some.filter(({ phone }) => callableNumber(phone, calling) === null);
    total += found.length;
    for (const { vendor, name, phone } of found.slice(0, most - first.length)) {
      const number = readNumber(phone);
      first.push({ vendor, name, number: number && masked(number) });
    }
  }
  return { first, total };
}
