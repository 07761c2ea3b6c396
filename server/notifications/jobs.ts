import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { sendDelivery } from './events.ts';
import * as notifications from './service.ts';

export function handlers(ctx: Context): JobHandler[] {
  return [handle(sendDelivery, ({ deliveryId }) => notifications.deliver(ctx, deliveryId))];
}
