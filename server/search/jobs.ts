import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { indexProducts } from './events.ts';
import { updateIndex } from './meilisearch/service.ts';

export function handlers(ctx: Context): JobHandler[] {
  const { meiliUrl, meiliKey } = ctx.config;
  if (meiliUrl === undefined) return [];
  return [handle(indexProducts, () => updateIndex(ctx, { meiliUrl, meiliKey }))];
}
