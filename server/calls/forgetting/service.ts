import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import { beforeDays, webhookDays } from './rules.ts';

const rowsAtOnce = 500;

/**
 * What says whom a call was with goes once it is no longer needed; the calls, their lengths and their marks stay. Never
 * touches a call that isn't over. Small transactions, however much is due.
 */
export async function forget({ config, clock, db }: Pick<Context, 'config' | 'clock' | 'db'>): Promise<void> {
  const now = clock.now();
  const { retentionDays } = config.calling;
  const due: [queries.Forget, number][] = [
    [queries.numbersOfCalls, retentionDays],
    [queries.webhooks, Math.min(webhookDays, retentionDays)],
  ];
  for (const [forgetSome, days] of due) {
    const before = beforeDays(now, days);
    while ((await forgetSome(db, before, rowsAtOnce)) === rowsAtOnce);
  }
}
