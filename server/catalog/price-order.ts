import type { Context } from '#server/context.ts';
import { lastStoredAt } from '#server/rates/service.ts';
import { announceRewrite, unlessImporting } from './import/service.ts';
import * as queries from './queries.ts';

const productsAtOnce = 5_000;

/**
 * Returns a function that orders products by price at today's rates, if rates were stored since it last did; returns
 * whether it did. An import, which writes the same column, makes it wait for the next time.
 */
export function createPriceOrder({ db }: Pick<Context, 'db'>): () => Promise<boolean> {
  let orderedAt: string | null = null;
  return async () => {
    const storedAt = await lastStoredAt(db);
    if (storedAt === null || storedAt === orderedAt) return false;
    for (let last: string | null = '0'; last !== null;) {
      const after: string = last;
      const next = await unlessImporting(db, async (tx) => {
        await announceRewrite(tx);
        return { last: await queries.refreshSortPrices(tx, after, productsAtOnce) };
      });
      if (next === null) return false;
      last = next.last;
    }
    orderedAt = storedAt;
    return true;
  };
}
