import type { Stripe } from 'stripe';
import { isSupported } from '#server/common/money.ts';
import {
  type CheckoutOrder,
  type PaymentEvent,
  type Payments,
  PaymentsError,
  type RefundOrder,
  type RemoteDispute,
  type RemoteRefund,
  type RemoteSession,
} from './port.ts';
import type { StripeConfig } from './settings.ts';
import { fromUnits, toUnits } from './units.ts';

// An upgrade of the package changes what events and objects look like, so the version is written here.
const apiVersion = '2026-10-28.endive';
const client = { apiVersion, maxNetworkRetries: 2, timeout: 8_000, telemetry: false } as const;

/** The events to subscribe to, and which object of the API each is about. */
const subjects: Readonly<Record<string, PaymentEvent['subject']['type']>> = {
  'checkout.session.completed': 'session',
  'checkout.session.async_payment_succeeded': 'session',
  'checkout.session.async_payment_failed': 'session',
  'checkout.session.expired': 'session',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'refund.failed': 'refund',
  'charge.dispute.created': 'dispute',
  'charge.dispute.updated': 'dispute',
  'charge.dispute.closed': 'dispute',
};

/** Creates a client of Stripe, or of the server at `baseUrl`; null without an account. Loads the package at first use. */
export function createPayments(account: StripeConfig | undefined): Payments | null {
  if (!account) return null;
  let loading: Promise<Stripe> | undefined;
  const ask = async <T>(run: (stripe: Stripe) => Promise<T>): Promise<T> => {
    const stripe = await (loading ??= connect(account));
    return run(stripe).catch((error: unknown) => {
      throw paymentsError(error);
    });
  };
  const find = async <T, R>(
    run: (stripe: Stripe) => Promise<T>,
    read: (found: T) => R,
  ): Promise<R | null> => {
    try {
      return read(await ask(run));
    } catch (error) {
      if (error instanceof PaymentsError && error.code === 'resource_missing') return null;
      throw error;
    }
  };
  const expanded = { expand: ['payment_intent'] };
  return {
    takes: isSupported,
    openSession: async (order) =>
      remoteSession(await ask(({ checkout }) => createSession(checkout.sessions, order))),
    session: (id) => find(({ checkout }) => checkout.sessions.retrieve(id, expanded), remoteSession),
    async sessionPaidBy(payment_intent) {
      const search = { payment_intent, limit: 1, expand: ['data.payment_intent'] };
      const { data } = await ask(({ checkout }) => checkout.sessions.list(search));
      return data[0] ? remoteSession(data[0]) : null;
    },
    async endSession(id) {
      await ask(({ checkout }) => checkout.sessions.expire(id)).catch((error: unknown) => {
        // It has ended already, or somebody has paid: the caller reads which.
        if (!(error instanceof PaymentsError && error.isRefused)) throw error;
      });
    },
    refund: async (order) => remoteRefund(await ask(({ refunds }) => createRefund(refunds, order))),
    findRefund: (id) => find(({ refunds }) => refunds.retrieve(id), remoteRefund),
    async refundsOf(payment_intent) {
      const found = await ask(({ refunds }) =>
        refunds.list({ payment_intent, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
      );
      return found.map(remoteRefund);
    },
    dispute: (id) => find(({ disputes }) => disputes.retrieve(id), remoteDispute),
    async eventsSince(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) };
      const types = Object.keys(subjects);
      const found = await ask(({ events }) =>
        events.list({ created, types, limit: 100 }).autoPagingToArray({ limit: 1_000 }),
      );
      return found.map(paymentEvent).toReversed();
    },
    async readEvent(body, signature) {
      const { webhooks } = await (loading ??= connect(account));
      try {
        return paymentEvent(webhooks.constructEvent(body, signature, account.webhookSecret));
      } catch {
        return null;
      }
    },
  };
}

async function connect({ secretKey, baseUrl }: StripeConfig): Promise<Stripe> {
  const { default: Client } = await import('stripe');
  if (baseUrl === undefined) return new Client(secretKey, client);
  const { protocol, hostname, port } = new URL(baseUrl);
  const isHttps = protocol === 'https:';
  return new Client(secretKey, {
    ...client,
    ...{ host: hostname, port: port || (isHttps ? '443' : '80'), protocol: isHttps ? 'https' : 'http' },
  });
}

const createSession = (sessions: Stripe['checkout']['sessions'], order: CheckoutOrder) =>
  sessions.create(
    {
      mode: 'payment',
      client_reference_id: order.reference,
      metadata: { reference: order.reference },
      customer_email: order.email,
      success_url: order.paidUrl,
      cancel_url: order.leftUrl,
      expires_at: Math.floor(order.expiresAt.getTime() / 1000),
      line_items: [
        {
          quantity: 1,
          price_data: {
            currency: order.currency.toLowerCase(),
            unit_amount: toUnits(order.amount, order.currency),
            product_data: { name: order.description },
          },
        },
      ],
    },
    { idempotencyKey: `session ${order.reference}` },
  );

const createRefund = (refunds: Stripe['refunds'], order: RefundOrder) =>
  refunds.create(
    {
      payment_intent: order.paymentId,
      amount: toUnits(order.amount, order.currency),
      metadata: { reference: order.reference },
    },
    { idempotencyKey: `refund ${order.reference}` },
  );

const idOf = (object: string | { id: string } | null): string | null =>
  typeof object === 'string' ? object : (object?.id ?? null);

function remoteSession(session: Stripe.Checkout.Session): RemoteSession {
  const currency = (session.currency ?? '').toUpperCase();
  return {
    ...{ id: session.id, reference: session.client_reference_id, url: session.url ?? null, currency },
    state: stateOf(session),
    paymentId: idOf(session.payment_intent),
    amount: fromUnits(session.amount_total ?? 0, currency),
  };
}

function stateOf({
  status,
  payment_status,
  payment_intent,
}: Stripe.Checkout.Session): RemoteSession['state'] {
  if (status === 'expired') return 'expired';
  if (status !== 'complete') return 'open';
  if (payment_status === 'paid') return 'paid';
  // A bank debit, say, that the bank has not paid.
  const isOver =
    typeof payment_intent === 'object' &&
    ['requires_payment_method', 'canceled'].includes(payment_intent?.status ?? '');
  return isOver ? 'failed' : 'processing';
}

const refundStates: Readonly<Record<string, RemoteRefund['state']>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
};

function remoteRefund(refund: Stripe.Refund): RemoteRefund {
  const currency = refund.currency.toUpperCase();
  return {
    ...{ id: refund.id, currency, amount: fromUnits(refund.amount, currency) },
    // What it waits for, such as `requires_action`, is the payer's and Stripe's business.
    state: refundStates[refund.status ?? ''] ?? 'pending',
    reference: refund.metadata?.['reference'] ?? null,
    paymentId: idOf(refund.payment_intent),
    failure: refund.failure_reason ?? null,
  };
}

const disputeStates: Readonly<Record<string, RemoteDispute['state']>> = {
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
  // Only lost ones can be appealed.
  appeal_needs_response: 'lost',
  appeal_under_review: 'lost',
};

function remoteDispute(dispute: Stripe.Dispute): RemoteDispute {
  const currency = dispute.currency.toUpperCase();
  return {
    ...{ id: dispute.id, reason: dispute.reason, currency, amount: fromUnits(dispute.amount, currency) },
    state: disputeStates[dispute.status] ?? 'inquiry',
    paymentId: idOf(dispute.payment_intent),
  };
}

function paymentEvent({ id, type, data }: Stripe.Event): PaymentEvent {
  const { id: subjectId = '' } = data.object as { id?: string };
  return { id, type, subject: { type: subjects[type] ?? 'other', id: subjectId } };
}

/** Hides what the package's errors contain. Stripe has decided if it answered with a 4xx that isn't about the attempt. */
function paymentsError(error: unknown): PaymentsError {
  const { code, type, statusCode } = error as { code?: string; type?: string; statusCode?: number };
  const isRefused =
    statusCode !== undefined &&
    statusCode >= 400 &&
    statusCode < 500 &&
    ![401, 403, 409, 429].includes(statusCode);
  return new PaymentsError(code ?? type ?? 'unknown', isRefused);
}
