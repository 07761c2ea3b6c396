import { randomUUID } from 'node:crypto';
import { afterAll, expect } from 'vitest';
import * as ledger from '#server/ledger/service.ts';
import { type Client, start, type TestService } from '../../harness.ts';
import { logIn } from '../presence/staff.ts';

export const payee = {
  PAYEE_NAME: 'Quoteline d.o.o.',
  PAYEE_ACCOUNTS: 'EUR RS35260005601001611379, RSD 260005601001611379',
};

export interface Shop {
  service: TestService;
  staff: Client;
  /** Returns a browser in which staff have just logged in: their sessions are short. */
  newStaff(): Promise<Client>;
  /** Returns a browser in which a new buyer has logged in. */
  newBuyer(): Promise<Client>;
}

/** Starts a service that sells credit for euro (1.90, from 60 credits on 1.65) and dinars (223.00). */
export async function openShop(): Promise<Shop> {
  // Each payment leaves a mail to its buyer.
  const service = await start({ env: payee, leaveJobs: true });
  afterAll(() => service.end());
  return openShopOf(service);
}

export async function openShopOf(service: TestService): Promise<Shop> {
  const account = (role: 'buyer' | 'staff', email: string) =>
    logIn(service, { email, name: email, role, locale: 'en', vendorId: null, agentId: null });
  const newStaff = () => account('staff', 'marija@quoteline.example');
  const staff = await newStaff();
  const prices = { EUR: { '1.00': '1.90', '60.00': '1.65' }, RSD: { '1.00': '223.00' } };
  for (const [currency, tiers] of Object.entries(prices)) {
    const answer = await staff.put(`/api/staff/credit-prices/${currency}`, {
      tiers: Object.entries(tiers).map(([from, price]) => ({ from, price })),
    });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }
  return { service, staff, newStaff, newBuyer: () => account('buyer', `${randomUUID()}@buyer.example`) };
}

/** Returns a buyer with a top-up that the payment "walk <its id>" has paid. */
export async function buyCredit(
  service: TestService,
): Promise<{ buyer: Client; topUpId: string; invoiceId: string }> {
  const shop = await openShopOf(service);
  const buyer = await shop.newBuyer();
  const { id, amount } = (await topUp(buyer)).body;
  await confirm(shop, id, amount.amount, `walk ${id}`);
  const [invoice] = (await buyer.get(`/api/credits/top-ups/${id}`)).body.invoices;
  return { buyer, topUpId: id, invoiceId: invoice.id };
}

const keyed = () => ({ 'idempotency-key': randomUUID() });

export const topUp = (buyer: Client, body: object = {}, headers: Record<string, string> = keyed()) =>
  buyer.post(
    '/api/credits/top-ups',
    { credits: '60.00', method: 'transfer', currency: 'EUR', ...body },
    headers,
  );

export const today = ({ clock }: TestService) => clock.now().toISOString().slice(0, 10);

export const confirm = (
  { service, staff }: Shop,
  id: string,
  amount: string,
  bankReference?: string,
  currency = 'EUR',
) =>
  staff.post(`/api/staff/top-ups/${id}/confirmation`, {
    ...{ receivedOn: today(service), amount: { amount, currency } },
    ...(bankReference === undefined ? {} : { bankReference }),
  });

export const refund = ({ staff }: Shop, id: string, amount: string, headers = keyed()) =>
  staff.post(`/api/staff/top-ups/${id}/refund`, { amount, reason: 'Asked for it back' }, headers);

export const reverse = ({ staff }: Shop, id: string, bankReference: string) =>
  staff.post(`/api/staff/top-ups/${id}/reversal`, { bankReference, reason: 'Recalled by the bank' });

export const creditOf = async (buyer: Client) => (await buyer.get('/api/credits')).body;

/** Returns the id of the buyer of a top-up. */
export async function buyerIdOf({ ctx }: TestService, topUpId: string): Promise<string> {
  const [row] = await ctx.sql<{ id: string }[]>`select buyer_id as id from top_ups where id = ${topUpId}`;
  return row!.id;
}

// 60 credits at 1.65 are 99.00, with 20 % VAT 118.80.
export const due = '118.80';

/** What tests of payments do in a shop. */
export function buyersOf(shop: Shop) {
  const { service } = shop;
  const { db } = service.ctx;
  /** Returns a logged-in buyer with a top-up that waits. */
  async function waiting() {
    const buyer = await shop.newBuyer();
    const { body } = await topUp(buyer);
    return { buyer, id: body.id as string, buyerId: await buyerIdOf(service, body.id) };
  }

  async function paid() {
    const made = await waiting();
    await confirm(shop, made.id, due, `full ${made.id}`);
    return made;
  }

  const depositOf = async (buyerId: string) =>
    (await ledger.balancesOf(db, { owner: { type: 'buyer', id: buyerId }, unit: 'EUR' })).posted / 100n;

  /** Spends credit as a call will. */
  async function spend(buyerId: string, amount: bigint) {
    const of = (type: 'buyer' | 'vendor', id: string) => ({ owner: { type, id }, unit: 'credit' });
    const outcome = await db.transaction((tx) =>
      ledger.post(tx, {
        ...{
          kind: 'call',
          actor: 'system',
          text: 'a call',
          at: service.clock.now(),
          operationId: randomUUID(),
        },
        entries: [
          { account: of('buyer', buyerId), amount: -amount },
          { account: of('vendor', '7'), amount },
        ],
      }),
    );
    expect(outcome).toBe('posted');
  }

  return { waiting, paid, depositOf, spend };
}
