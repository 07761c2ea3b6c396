import { randomBytes } from 'node:crypto';

// The objects of Stripe's API, as far as the service reads them.

export interface Session {
  id: string;
  object: 'checkout.session';
  client_reference_id: string | null;
  status: 'open' | 'complete' | 'expired';
  payment_status: 'unpaid' | 'paid';
  payment_intent: string | null;
  amount_total: number;
  currency: string;
  url: string | null;
  success_url: string;
  cancel_url: string;
  expires_at: number;
  created: number;
  metadata: Record<string, string>;
  /** Not Stripe's: what is bought. */
  description: string;
}

export interface PaymentIntent {
  id: string;
  object: 'payment_intent';
  status: 'processing' | 'succeeded' | 'requires_payment_method';
  amount: number;
  currency: string;
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  currency: string;
  payment_intent: string;
  status: 'succeeded' | 'pending' | 'failed';
  failure_reason: string | null;
  metadata: Record<string, string>;
  created: number;
}

export interface Dispute {
  id: string;
  object: 'dispute';
  amount: number;
  currency: string;
  payment_intent: string;
  reason: string;
  status: 'needs_response' | 'won' | 'lost';
  created: number;
}

export interface Event {
  id: string;
  object: 'event';
  api_version: string;
  type: string;
  created: number;
  data: { object: object };
}

export interface Books {
  sessions: Map<string, Session>;
  intents: Map<string, PaymentIntent>;
  refunds: Map<string, Refund>;
  disputes: Map<string, Dispute>;
  events: Event[];
}

export const openBooks = (): Books => ({
  ...{ sessions: new Map(), intents: new Map(), refunds: new Map(), disputes: new Map(), events: [] },
});

/** Returns an id such as "cs_test_1f0c…". */
export const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;
export const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

export const refundsOf = ({ refunds }: Books, intentId: string | null): Refund[] =>
  [...refunds.values()].filter(({ payment_intent }) => payment_intent === intentId);

export const disputesOf = ({ disputes }: Books, intentId: string | null): Dispute[] =>
  [...disputes.values()].filter(({ payment_intent }) => payment_intent === intentId);

/** Returns what was not refunded of a payment. */
export const leftOf = (books: Books, intentId: string | null, paid: number): number =>
  refundsOf(books, intentId)
    .filter(({ status }) => status !== 'failed')
    .reduce((left, { amount }) => left - amount, paid);
