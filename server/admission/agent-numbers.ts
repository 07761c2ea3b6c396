import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import { isOfPerson, masked, readNumber } from './rules.ts';

/**
 * Returns an agent's number in E.164; null for one whose kind or country isn't called. Catalogues write these numbers: a
 * call costs as much as one to a buyer, and the price of a premium number would go to the vendor.
 */
export function callableNumber(text: string, calling: CallingConfig): string | null {
  const number = readNumber(text);
  return number && isOfPerson(number, calling) ? number.number : null;
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

/**
 * Updates which agents can be called, by the catalogue and the configuration as they are now. Others are shown offline,
 * whatever they declare: a call to them would only waste the buyer's time.
 */
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
      const looked = changed.filter((one) => one.callable !== callable);
      if (looked.length === 0) continue;
      await db.transaction(async (tx) => {
        const ids = await vendors.setCallable(tx, looked, callable);
        await presence.refresh(tx, ids, clock.now());
      });
    }
  }
}

/** An agent who can't be called; `number` is masked, null when it isn't readable. */
export interface NotCalled {
  vendor: string;
  name: string;
  number: string | null;
}

/** Returns the first `most` agents who can't be called, and how many there are, for operators. */
export async function agentsNotCallable(
  db: Context['db'],
  calling: CallingConfig,
  most: number,
): Promise<{ first: NotCalled[]; total: number }> {
  const first: NotCalled[] = [];
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
