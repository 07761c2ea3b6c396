import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { checkCard } from './checkout.ts';
import { applyPaymentEvent, checkCardPayment, reconcileCardPayments } from './events.ts';
import { applyEvent, reconcile } from './receiving.ts';

export const handlers = (ctx: Context): JobHandler[] => [
  handle(applyPaymentEvent, ({ eventId }) => applyEvent(ctx, eventId)),
  handle(checkCardPayment, ({ topUpId }) => checkCard(ctx, topUpId)),
  handle(reconcileCardPayments, () => reconcile(ctx)),
];
