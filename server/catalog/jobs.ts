import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import { createPriceOrder } from './price-order.ts';
import { forgetCatalogChanges } from './queries.ts';

/** Sorts by price at today's rates, soon after they change. */
export const orderByPrice = defineJob<Record<string, never>>('order-by-price', {
  oneAtATime: true,
  everySeconds: 60,
});

/** Deletes the notes of changes that no search still compares with. */
export const forgetChanges = defineJob<Record<string, never>>('forget-catalog-changes', {
  oneAtATime: true,
  everySeconds: 600,
});

export function handlers(ctx: Context): JobHandler[] {
  const refresh = createPriceOrder(ctx);
  return [
    handle(orderByPrice, async () => void (await refresh())),
    handle(forgetChanges, () => forgetCatalogChanges(ctx.db)),
  ];
}
