// What the service asks of a provider of card payments. Amounts are in 1/10000 of the currency's unit.

export interface CheckoutOrder {
  /** Ours: the provider answers the same again for it, and names it in all that follows. */
  reference: string;
  amount: bigint;
  currency: string;
  /** What is bought, as the payer reads it. */
  description: string;
  /** Where the provider sends the browser of somebody who paid, or who went back. */
  paidUrl: string;
  leftUrl: string;
  email: string;
  expiresAt: Date;
}

/** A page of the provider on which somebody pays. `processing`: confirmed, but the money may still not come. */
export interface RemoteSession {
  id: string;
  state: 'open' | 'processing' | 'paid' | 'failed' | 'expired';
  /** Ours. */
  reference: string | null;
  /** Null until somebody pays. */
  paymentId: string | null;
  /** Null until the session has ended. */
  url: string | null;
  amount: bigint;
  currency: string;
}

export interface RefundOrder {
  /** Ours: the provider pays back once for it within a day. */
  reference: string;
  paymentId: string;
  amount: bigint;
  currency: string;
}

export interface RemoteRefund {
  id: string;
  state: 'pending' | 'succeeded' | 'failed';
  /** Ours; null of one that was made at the provider. */
  reference: string | null;
  paymentId: string | null;
  amount: bigint;
  currency: string;
  failure: string | null;
}

/** `inquiry`: the bank asks, and no money was taken. */
export interface RemoteDispute {
  id: string;
  state: 'inquiry' | 'open' | 'won' | 'lost';
  paymentId: string | null;
  amount: bigint;
  currency: string;
  reason: string;
}

/** What the provider says has happened. Only a hint: it may come late, twice, out of order, or never. */
export interface PaymentEvent {
  id: string;
  type: string;
  subject: { type: 'session' | 'refund' | 'dispute' | 'other'; id: string };
}

/** A provider of card payments. What it does not answer is thrown as a PaymentsError. */
export interface Payments {
  /** Whether it takes payments in a currency. */
  takes(currency: string): boolean;
  openSession(order: CheckoutOrder): Promise<RemoteSession>;
  /** Returns null if there is none. */
  session(id: string): Promise<RemoteSession | null>;
  /** Returns the page on which a payment was made, or null. */
  sessionPaidBy(paymentId: string): Promise<RemoteSession | null>;
  /** Closes the page, unless somebody has paid. */
  endSession(id: string): Promise<void>;
  refund(order: RefundOrder): Promise<RemoteRefund>;
  findRefund(id: string): Promise<RemoteRefund | null>;
  /** Returns all refunds of a payment. */
  refundsOf(paymentId: string): Promise<RemoteRefund[]>;
  dispute(id: string): Promise<RemoteDispute | null>;
  /** Returns what has happened since then of what we act on, oldest first, for events that never came. */
  eventsSince(since: Date): Promise<PaymentEvent[]>;
  /** Returns null unless the provider has signed exactly these bytes a short time ago. */
  readEvent(body: Buffer, signature: string): Promise<PaymentEvent | null>;
}

/** Has only the error's code, because the package's errors contain what was sent. */
export class PaymentsError extends Error {
  readonly code: string;
  /** Whether the provider has decided: it answers the same to every further attempt. */
  readonly isRefused: boolean;

  constructor(code: string, isRefused: boolean) {
    super(`card payments: ${code}`);
    this.code = code;
    this.isRefused = isRefused;
  }
}
