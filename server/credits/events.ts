import { defineEvent } from '#server/platform/events.ts';

export const topUpCreated = defineEvent<{ reference: string; credits: string }>('top-up.created', 'top-up');

export const topUpChanged = defineEvent<{
  change: 'payment' | 'reversal' | 'refund';
  /** Money of a payment, credit of a refund. */
  amount: string;
  isPaid: boolean;
  /** Of a refund. */
  reason?: string;
}>('top-up.changed', 'top-up');

export const creditPricesSet = defineEvent<{ currency: string; validFrom: string }>('credit-prices.set');
