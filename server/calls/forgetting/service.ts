import type { Context } from '#server/context.ts';
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
  const due: [queries.Forget, number][] = [
    [queries.eraseNumbers, retentionDays],
    [queries.deleteCallbacks, Math.min(callbackDays, retentionDays)],
  ];
  for (const [forgetSome, days] of due) {
    const before = daysBefore(now, days);
    while ((await forgetSome(db, before, rowsAtOnce)) === rowsAtOnce);
  }
}
