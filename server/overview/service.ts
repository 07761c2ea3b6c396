import type { Context } from '#server/context.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import * as queries from './queries.ts';
import { needKinds, type Overview } from './schema.ts';

/** Returns what waits for a buyer, the most urgent first. */
export async function overviewOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  viewer: Viewer,
): Promise<Overview> {
  const rows = await queries.needsOf(db, viewer, clock.now());
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
