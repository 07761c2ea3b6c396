import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { type Forgetting, noteForgotten } from '#server/platform/forgetting.ts';
import * as queries from './queries.ts';
import { daysBefore, callbackDays } from './rules.ts';

const rowsAtOnce = 500;

/** Erases personal data of old calls, in small transactions. Calls, their lengths and ratings stay. */
export async function forgetOldCalls({
  config,
  clock,
  db,
}: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  const now = clock.now();
  const { retentionDays } = config.calling;
  const due: [Kind, number][] = [
    ['calls', retentionDays],
    ['callbacks', Math.min(callbackDays, retentionDays)],
  ];
  for (const [kind, days] of due) {
    const before = daysBefore(now, days);
    while ((await db.transaction((tx) => forgetSome(tx, kind, before))) === rowsAtOnce);
  }
}

const ways = { calls: queries.eraseNumbers, callbacks: queries.deleteCallbacks } as const;
type Kind = keyof typeof ways;

async function forgetSome(tx: Db, kind: Kind, before: Date): Promise<number> {
  const forgotten = await ways[kind](tx, before, rowsAtOnce);
  if (forgotten > 0) await noteForgotten(tx, kind, before.toISOString());
  return forgotten;
}

export const forgettings: readonly Forgetting[] = (['calls', 'callbacks'] as const).map((kind) => ({
  kind,
  async again(tx, before) {
    while ((await ways[kind](tx, new Date(before), rowsAtOnce)) === rowsAtOnce);
  },
}));
