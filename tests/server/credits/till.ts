import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { StandIn } from '#server/dev/stripe/port.ts';
import { startStandIn } from '#server/dev/stripe/stand-in.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { openShopOf, payee, type Shop, topUp } from './shop.ts';

export interface Till extends Shop {
  standIn: StandIn;
  /** Returns a buyer with a top-up of 118.80 euro whose page at the provider is open. */
  waiting: (buyer?: Client) => Promise<Waiting>;
  /** Returns one that was paid, and that the service knows of. */
  paid: (buyer?: Client) => Promise<Waiting>;
  /** Returns one that was paid with another amount than asked for. */
  doubtful: () => Promise<Waiting>;
  /** Waits until all events were sent and what they enqueued has run. */
  settle: () => Promise<void>;
  read: (made: Waiting) => Promise<any>;
}

export interface Waiting {
  buyer: Client;
  id: string;
  sessionId: string;
}

const account = { secretKey: 'sk_test_key', webhookSecret: 'whsec_secret' };

/** Starts a shop that also takes cards, with the stand-in for Stripe. */
export async function openTill(clock?: TestService['clock']): Promise<Till> {
  // The stand-in has to know where the service listens, and the service where the stand-in does.
  const place = { port: 0 };
  const standIn = await startStandIn({
    ...account,
    publicUrl: 'http://quoteline.test',
    origin: () => `http://127.0.0.1:${place.port}`,
  });
  const env = {
    ...payee,
    STRIPE_SECRET_KEY: account.secretKey,
    STRIPE_WEBHOOK_SECRET: account.webhookSecret,
    STRIPE_BASE_URL: standIn.url,
  };
  const service = await start({ env, leaveJobs: true, ...(clock ? { clock } : {}) });
  place.port = (service.app.server.address() as AddressInfo).port;
  afterAll(async () => {
    await standIn.close();
    await service.end();
  });
  const shop = await openShopOf(service);

  async function waiting(by?: Client): Promise<Waiting> {
    const buyer = by ?? (await shop.newBuyer());
    const { body } = await topUp(buyer, { method: 'card' }, { 'idempotency-key': randomUUID() });
    return { buyer, id: body.id, sessionId: String(body.paymentUrl).split('/').at(-1)! };
  }

  async function settle() {
    await standIn.settled();
    await service.drain();
  }

  return {
    ...shop,
    standIn,
    waiting,
    settle,
    async paid(by) {
      const made = await waiting(by);
      standIn.pay(made.sessionId, 'good');
      await settle();
      return made;
    },
    async doubtful() {
      const made = await waiting();
      await service.ctx.sql`update card_payments set amount = amount + 1 where top_up_id = ${made.id}`;
      standIn.pay(made.sessionId, 'good');
      await settle();
      return made;
    },
    read: async ({ buyer, id }) => (await buyer.get(`/api/credits/top-ups/${id}`)).body,
  };
}
