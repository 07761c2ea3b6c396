import type { Context } from '#server/context.ts';
import type { CallingConfig } from '#server/platform/config.ts';
import * as presence from '#server/presence/service.ts';
import * as vendors from '#server/vendors/service.ts';
import { isOfPerson, readNumber } from './rules.ts';

/**
 * An agent's number, as its vendor's catalogue writes it, in E.164; null for one that isn't called, by its kind or its
 * country: a call to it costs as much as one to a visitor's, and of a premium number it is paid to whoever wrote it there.
 */
export function ofAgent(text: string, calling: CallingConfig): string | null {
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
export async function check({ config, clock, db }: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  for await (const some of agentsWithNumber(db)) {
    const changed = some.filter(
      ({ phone, callable }) => callable !== (ofAgent(phone, config.calling) !== null),
    );
    for (const callable of [true, false]) {
      const ids = changed.filter((one) => one.callable !== callable).map(({ agentId }) => agentId);
      if (ids.length === 0) continue;
      await db.transaction(async (tx) => {
        await vendors.setCallable(tx, ids, callable);
        await presence.refresh(tx, ids, clock.now());
      });
    }
  }
}

/** The agents whose number isn't called, for people at a terminal. */
export async function notCalled(db: Context['db'], calling: CallingConfig): Promise<vendors.AgentNumber[]> {
  const found: vendors.AgentNumber[] = [];
  for await (const some of agentsWithNumber(db))
    found.push(...some.filter(({ phone }) => ofAgent(phone, calling) === null));
  return found;
}
