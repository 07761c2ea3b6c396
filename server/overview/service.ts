import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import { needKinds, type Overview } from './schema.ts';

/** Returns what waits for a buyer, the most urgent first. */
export async function overviewOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  buyerId: string,
): Promise<Overview> {
  const rows = await queries.needsOf(db, buyerId, clock.now());
  const needs = needKinds.flatMap((kind) => {
    const found = rows.find((row) => row.kind === kind);
    if (!found) return [];
    const items = found.items.map((item) => ({
      ...item,
      at: item.at === null ? null : new Date(item.at).toISOString(),
    }));
    return [{ kind, total: found.total, items }];
  });
  return { needs };
}
