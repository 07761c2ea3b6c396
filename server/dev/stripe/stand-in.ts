import type { AddressInfo } from 'node:net';
import type { Act, Card } from '#server/common/enums/demo-payments.ts';
import { money } from '#server/common/money.ts';
import type { StripeConfig } from '#server/platform/payments/settings.ts';
import { fromUnits } from '#server/platform/payments/units.ts';
import {
  type Books,
  type Dispute,
  disputesOf,
  type Event,
  newId,
  nowSeconds,
  leftOf,
  openBooks,
  type PaymentIntent,
  refundsOf,
  type Session,
} from './books.ts';
import type { SeenPayment, StandIn } from './port.ts';
import { addRefund, createApi, expire } from './rest.ts';
import { createSender, type Sender, type Target } from './sender.ts';

type Options = Omit<Target, 'webhookSecret'> & Pick<StripeConfig, 'secretKey' | 'webhookSecret'>;

/** Starts a stand-in for Stripe on a free port of the loopback. A person pays on `/dev/payments/<session>` of the demo. */
export async function startStandIn({ secretKey, ...target }: Options): Promise<StandIn> {
  const books = openBooks();
  const sender = createSender(target);
  const happened = (type: string, object: object) => happen(books, sender, type, object);
  const api = createApi(books, secretKey, {
    isDown: () => sender.faults.isDown,
    pageOf: (id) => `${target.publicUrl}/dev/payments/${id}`,
    happened,
  });
  await new Promise<void>((resolve) => void api.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
    payments: () => [...books.sessions.values()].map((session) => seen(books, session)).toReversed(),
    pay(sessionId, card) {
      const session = books.sessions.get(sessionId);
      return session ? pay(books, session, card, happened) : null;
    },
    act(sessionId, act) {
      const session = books.sessions.get(sessionId);
      return session !== undefined && acting[act](books, session, happened);
    },
    faults: sender.faults,
    sendKept: () => sender.sendKept(),
    settled: () => sender.settled(),
    async close() {
      sender.close();
      api.closeAllConnections();
      await new Promise((resolve) => api.close(resolve));
    },
  };
}

type Happened = (type: string, object: object) => void;

/** Keeps an event with its object as it is now, and sends it. */
function happen({ events }: Books, sender: Sender, type: string, object: object): void {
  const event: Event = {
    ...{ id: newId('evt'), object: 'event', api_version: '2026-10-28.endive', type, created: nowSeconds() },
    data: { object: structuredClone(object) },
  };
  events.push(event);
  sender.send(event);
}

function pay(books: Books, session: Session, card: Card, happened: Happened): string | null {
  if (session.status !== 'open' || card === 'declined') return null;
  const intent: PaymentIntent = {
    ...{
      id: newId('pi'),
      object: 'payment_intent',
      amount: session.amount_total,
      currency: session.currency,
    },
    status: card === 'good' ? 'succeeded' : 'processing',
  };
  books.intents.set(intent.id, { ...intent });
  Object.assign(session, {
    ...{ status: 'complete', payment_intent: intent.id, url: null },
    payment_status: card === 'good' ? 'paid' : 'unpaid',
  });
  // Events that nobody acts on come, too.
  happened('payment_intent.created', intent);
  happened('checkout.session.completed', session);
  return session.success_url;
}

/** What each act does. Returns false if the payment isn't one that it can be done to. */
const acting: Record<Act, (books: Books, session: Session, happened: Happened) => boolean> = {
  expire(_, session, happened) {
    if (session.status !== 'open') return false;
    expire(session, { happened });
    return true;
  },
  settle: (books, session, happened) => arrive(books, session, true, happened),
  bounce: (books, session, happened) => arrive(books, session, false, happened),
  refund(books, session, happened) {
    const { payment_intent: id, payment_status } = session;
    const left = leftOf(books, id, session.amount_total);
    if (id === null || payment_status !== 'paid' || left === 0) return false;
    addRefund(books, id, left, {}, { happened });
    return true;
  },
  failRefunds(books, session, happened) {
    const sent = refundsOf(books, session.payment_intent).filter(({ status }) => status !== 'failed');
    for (const refund of sent) {
      Object.assign(refund, { status: 'failed', failure_reason: 'lost_or_stolen_card' });
      happened('refund.failed', refund);
    }
    return sent.length > 0;
  },
  dispute(books, session, happened) {
    const { payment_intent: id, payment_status } = session;
    const amount = leftOf(books, id, session.amount_total);
    const isDisputable = payment_status === 'paid' && amount > 0 && disputesOf(books, id).length === 0;
    if (id === null || !isDisputable) return false;
    const dispute: Dispute = {
      ...{ id: newId('du'), object: 'dispute', amount, currency: session.currency },
      ...{ payment_intent: id, reason: 'fraudulent', status: 'needs_response', created: nowSeconds() },
    };
    books.disputes.set(dispute.id, { ...dispute });
    happened('charge.dispute.created', dispute);
    return true;
  },
  win: (books, session, happened) => close(books, session, 'won', happened),
  lose: (books, session, happened) => close(books, session, 'lost', happened),
};

/** The money of a payment that was only confirmed comes, or doesn't. */
function arrive(books: Books, session: Session, isPaid: boolean, happened: Happened): boolean {
  const intent = books.intents.get(session.payment_intent ?? '');
  if (intent?.status !== 'processing') return false;
  intent.status = isPaid ? 'succeeded' : 'requires_payment_method';
  if (isPaid) session.payment_status = 'paid';
  happened(`checkout.session.async_payment_${isPaid ? 'succeeded' : 'failed'}`, session);
  return true;
}

function close(books: Books, session: Session, status: 'won' | 'lost', happened: Happened): boolean {
  const open = disputesOf(books, session.payment_intent).find((one) => one.status === 'needs_response');
  if (!open) return false;
  open.status = status;
  happened('charge.dispute.closed', open);
  return true;
}

const stateOf = { succeeded: 'paid', processing: 'processing', requires_payment_method: 'failed' } as const;

function seen(books: Books, session: Session): SeenPayment {
  const { id, description } = session;
  const inMoney = (units: number) => {
    const currency = session.currency.toUpperCase();
    return money(fromUnits(units, currency), currency);
  };
  const intent = books.intents.get(session.payment_intent ?? '');
  const [dispute] = disputesOf(books, session.payment_intent);
  return {
    ...{ id, description, amount: inMoney(session.amount_total), leftUrl: session.cancel_url },
    state: intent ? stateOf[intent.status] : session.status === 'expired' ? 'expired' : 'open',
    refunds: refundsOf(books, session.payment_intent).map(({ amount, status }) => ({
      amount: inMoney(amount),
      status,
    })),
    dispute: dispute?.status ?? null,
  };
}
