import type { Context } from '#server/context.ts';
import { handle, type JobHandler } from '#server/platform/jobs.ts';
import { checkCard } from './checkout.ts';
import {
  applyPaymentEvent,
  checkCardPayment,
  reconcileCardPayments,
  sendCardRefund,
  sweepCardPayments,
} from './events.ts';
import { applyEvent, reconcile, sweep } from './receiving.ts';
import { sendRefund } from './refunds.ts';

export const handlers = (ctx: Context): JobHandler[] => [
  handle(applyPaymentEvent, ({ eventId }) => applyEvent(ctx, eventId)),
  handle(checkCardPayment, ({ topUpId }) => checkCard(ctx, topUpId)),
  handle(sendCardRefund, ({ refundId }) => sendRefund(ctx, refundId)),
  handle(reconcileCardPayments, () => reconcile(ctx)),
  handle(sweepCardPayments, () => sweep(ctx)),
];
