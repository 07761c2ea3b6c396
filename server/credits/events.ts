import { defineEvent } from '#server/platform/events.ts';
import { defineMail } from '#server/platform/mailing/template.ts';

export const topUpCreated = defineEvent<{ reference: string; credits: string }>('top-up.created', 'top-up');

export const topUpChanged = defineEvent<{
  change:
    | 'payment'
    | 'reversal'
    | 'refund'
    | 'refund_failed'
    | 'settlement'
    | 'dispute'
    | 'dispute_won'
    | 'dispute_lost';
  /** Money of a payment or dispute, credit of a refund or settlement. */
  amount: string;
  isPaid: boolean;
  /** Of a refund. */
  reason?: string;
}>('top-up.changed', 'top-up');

export const topUpCancelled = defineEvent('top-up.cancelled', 'top-up');

/** Tells a buyer that a payment came in, or that a top-up was settled. */
export const topUpMail = defineMail<TopUpNews>('top-up', 'top-up', 'payments');

/** `paid`: the credit is usable; `surplus`: all had been paid before; `failed`: no money came for a payment by card. Amounts of money in `currency`. */
export interface TopUpNews {
  cause: 'part' | 'paid' | 'surplus' | 'settled' | 'failed' | 'dispute' | 'dispute_won' | 'dispute_lost';
  reference: string;
  currency: string;
  credits: string;
  /** Before it was settled. */
  ordered: string | null;
  /** The payment. */
  amount: string;
  received: string;
  rest: string;
  surplus: string;
}

export const creditPricesSet = defineEvent<{ currency: string; validFrom: string }>('credit-prices.set');
