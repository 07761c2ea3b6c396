import { defineJob } from '#server/platform/jobs.ts';

/** Asks the provider what an event of it is about, and applies the answer. */
export const applyPaymentEvent = defineJob<{ eventId: string }>('apply-payment-event');

/** Asks the provider about a payment whose top-up was cancelled. */
export const checkCardPayment = defineJob<{ topUpId: string }>('check-card-payment');

/** Asks the provider to pay back. */
export const sendCardRefund = defineJob<{ refundId: string }>('send-card-refund');

/** Asks the provider about what has waited for long, for events that never came. */
export const reconcileCardPayments = defineJob<Record<string, never>>('reconcile-card-payments', {
  oneAtATime: true,
  everySeconds: 60,
});

/** Applies events whose own job has given up, asks the provider about disputes that are open, and deletes old events. */
export const sweepCardPayments = defineJob<Record<string, never>>('sweep-card-payments', {
  oneAtATime: true,
  everySeconds: 3_600,
});
