import type { Context } from '#server/context.ts';
import { gauge, type Metric } from '#server/platform/metrics.ts';
import { lagSeconds } from './meilisearch/service.ts';

/** A scrape must not wait for a hanging Meilisearch. */
const timeoutMs = 1_000;

/**
 * Returns, with MEILI_URL, whether Meilisearch has our index, and how long the oldest change that it lacks has waited; with
 * SEARCH_URL how often PostgreSQL searched instead.
 */
export async function searchMetrics(ctx: Context): Promise<Metric[]> {
  const own = ctx.search.metrics?.() ?? [];
  const { meiliUrl, meiliKey } = ctx.config;
  if (meiliUrl === undefined) return own;
  const lag = await lagSeconds(ctx, { meiliUrl, meiliKey }, timeoutMs);
  const up = gauge('quoteline_meilisearch_up', lag === null ? 0 : 1);
  return lag === null ? [...own, up] : [...own, up, gauge('quoteline_meilisearch_lag_seconds', lag)];
}
