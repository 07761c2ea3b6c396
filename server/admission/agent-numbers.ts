import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import { isOfPerson, masked, readNumber } from './rules.ts';

/**
 * An agent's number, as its vendor's catalogue writes it, in E.164; null for one that isn't called, by its kind or its
 * country: a call to it costs as much as one to a visitor's, and of a premium number it is paid to whoever wrote it there.
 */
export function callableNumber(text: string, calling: CallingConfig): string | null {
  const number = readNumber(text);
  return number && isOfPerson(number, calling) ? number.number : null;
}

const rowsAtOnce = 500;

/** All agents with a number, some at a time. */
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
 * Notes which agents' numbers are called, as the catalogue and the configuration are now. Who can't be called is shown
 * offline, whatever it declares: a call to it would only cost the caller its time.
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

/** An agent whose number isn't called; `number` masked, null for what can't be read as one. */
export interface NotCalled {
  vendor: string;
  name: string;
  number: string | null;
}

/** The first `most` agents whose number isn't called, and how many there are, for people at a terminal. */
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
