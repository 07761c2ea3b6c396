import type { Context } from '#server/context.ts';
import { defineJob, handle, type JobHandler } from '#server/platform/jobs.ts';
import { createPriceOrder } from './price-order.ts';

/** Sorts by price at today's rates, soon after they change. */
export const orderByPrice = defineJob<Record<string, never>>('order-by-price', {
  oneAtATime: true,
  everySeconds: 60,
});

export function handlers(ctx: Context): JobHandler[] {
  const refresh = createPriceOrder(ctx);
  return [handle(orderByPrice, async () => void (await refresh()))];
}
