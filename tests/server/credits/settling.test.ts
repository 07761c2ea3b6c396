import { afterEach, describe, expect, test } from 'vitest';
import { faultsOf } from '../ledger/books.ts';
import { buyersOf, confirm, creditOf, due, openShop, refund, reverse } from './shop.ts';

const shop = await openShop();
const { service, staff } = shop;
const { waiting, paid, depositOf } = buyersOf(shop);

afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

const settle = (id: string) => staff.post(`/api/staff/top-ups/${id}/settlement`);
const auditOf = async (id: string) => {
  const { items } = (await staff.get(`/api/staff/audit?subject=${id}`)).body;
  return items.map(({ action }: { action: string }) => action);
};

describe('settling a top-up', () => {
  test('the buyer gets the most credit that was paid for, an invoice of it, and the rest as deposit', async () => {
    const { buyer, id, buyerId } = await waiting();
    await confirm(shop, id, '100.00', `part ${id}`);
    // 50.51 credits at 1.65 are 83.34 net, with 20 % VAT 100.01; 50.50 are 83.33 (rounded), with VAT 100.00.
    expect(await settle(id)).toMatchObject({
      status: 200,
      body: {
        ...{ status: 'paid', credits: '50.50', orderedCredits: '60.00' },
        ...{ net: { amount: '83.33' }, vat: { amount: '16.67' }, amount: { amount: '100.00' } },
        ...{ rest: { amount: '0.00' }, surplus: { amount: '0.00' }, invoices: [{ kind: 'invoice' }] },
      },
    });
    expect((await creditOf(buyer)).available).toBe('50.50');
    expect(await depositOf(buyerId)).toBe(0n);
    expect(await auditOf(id)).toContain('top-up.settlement');
    const { items } = (await buyer.get('/api/notices')).body;
    expect(items[0]).toMatchObject({ kind: 'top_up_settled', topUp: { id } });
  });

  test('what buys no hundredth of a credit goes to the deposit', async () => {
    const { buyer, id, buyerId } = await waiting();
    // 0.01 credit costs 0.02 net and no VAT; 0.02 credits 0.03 and 0.01.
    await confirm(shop, id, '0.03', `cents ${id}`);
    expect((await settle(id)).body).toMatchObject({ credits: '0.01', surplus: { amount: '0.01' } });
    expect((await creditOf(buyer)).available).toBe('0.01');
    expect(await depositOf(buyerId)).toBe(1n);
  });

  test('without a payment, with one too small to buy anything, or paid, it is refused and changes nothing', async () => {
    const none = await waiting();
    expect(await settle(none.id)).toMatchObject({ status: 409, body: { code: 'nothing_received' } });
    await confirm(shop, none.id, '0.01', `cent ${none.id}`);
    expect(await settle(none.id)).toMatchObject({ status: 409, body: { code: 'nothing_received' } });
    const { id, buyer } = await paid();
    expect(await settle(id)).toMatchObject({ status: 409, body: { code: 'top_up_paid' } });
    expect((await creditOf(buyer)).available).toBe('60.00');
  });

  test('one whose credit was refunded before its payment was reversed keeps its price', async () => {
    const { id } = await paid();
    await refund(shop, id, '10.00');
    await reverse(shop, id, `full ${id}`);
    await confirm(shop, id, '50.00', `part ${id}`);
    expect(await settle(id)).toMatchObject({ status: 409, body: { code: 'top_up_refunded' } });
  });

  test('a reversal of its payment takes the credit back, and a smaller payment settles it again', async () => {
    const { id, buyer } = await waiting();
    await confirm(shop, id, '100.00', `a ${id}`);
    await settle(id);
    expect((await reverse(shop, id, `a ${id}`)).body).toMatchObject({
      ...{ status: 'waiting', rest: { amount: '100.00' } },
    });
    expect((await creditOf(buyer)).posted).toBe('0.00');
    await confirm(shop, id, '50.00', `b ${id}`);
    service.clock.advance(1_000);
    expect((await settle(id)).body).toMatchObject({ status: 'paid', orderedCredits: '60.00' });
  });

  test('a payment at the same moment is counted once, for credit or for the deposit', async () => {
    const { id, buyerId, buyer } = await waiting();
    await confirm(shop, id, '100.00', `a ${id}`);
    const [settled, rest] = await Promise.all([settle(id), confirm(shop, id, '18.80', `b ${id}`)]);
    expect(rest.status).toBe(200);
    const isSettled = settled.status === 200;
    expect([settled.status, settled.body.code]).toEqual(isSettled ? [200, undefined] : [409, 'top_up_paid']);
    expect((await creditOf(buyer)).available).toBe(isSettled ? '50.50' : '60.00');
    expect(await depositOf(buyerId)).toBe(isSettled ? 1_880n : 0n);
  });

  test('several at once settle it once', async () => {
    const { id, buyer } = await waiting();
    await confirm(shop, id, '100.00', `a ${id}`);
    const answers = await Promise.all([settle(id), settle(id), settle(id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect((await creditOf(buyer)).posted).toBe('50.50');
  });
});

describe('cancelling a top-up', () => {
  test('its buyer cancels it while nothing came in, and it shows no way to pay', async () => {
    const { buyer, id } = await waiting();
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(await buyer.delete(`/api/credits/top-ups/${id}`)).toMatchObject({
        ...{ status: 200, body: { status: 'cancelled' } },
      });
    const seen = (await buyer.get(`/api/credits/top-ups/${id}`)).body;
    expect(seen.cancelledAt).not.toBeNull();
    expect(seen).not.toHaveProperty('payee');
    const listed = async (status: string) =>
      (await staff.get(`/api/staff/top-ups?perPage=100&status=${status}`)).body.items
        .map((each: { id: string }) => each.id)
        .includes(id);
    expect([await listed('waiting'), await listed('cancelled'), await listed('paid')]).toEqual([
      ...[false, true, false],
    ]);
    expect((await buyer.get('/api/account/overview')).body.needs).not.toContainEqual(
      expect.objectContaining({ kind: 'top_up' }),
    );
  });

  test('staff cancel it, which the audit log keeps once', async () => {
    const { id } = await waiting();
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect((await staff.post(`/api/staff/top-ups/${id}/cancellation`)).body.status).toBe('cancelled');
    expect((await auditOf(id)).filter((action: string) => action === 'top-up.cancellation')).toHaveLength(1);
  });

  test('one that something came in for, or that is paid, stays, also for staff', async () => {
    const { buyer, id } = await waiting();
    await confirm(shop, id, '1.00', `part ${id}`);
    const refused = { status: 409, body: { code: 'top_up_not_cancellable' } };
    expect(await buyer.delete(`/api/credits/top-ups/${id}`)).toMatchObject(refused);
    expect(await staff.post(`/api/staff/top-ups/${id}/cancellation`)).toMatchObject(refused);
    const other = await paid();
    expect(await other.buyer.delete(`/api/credits/top-ups/${other.id}`)).toMatchObject(refused);
  });

  test("another buyer's is not found", async () => {
    const { id } = await waiting();
    expect((await (await shop.newBuyer()).delete(`/api/credits/top-ups/${id}`)).status).toBe(404);
  });

  test('a payment that comes later revives it', async () => {
    const { buyer, id } = await waiting();
    await buyer.delete(`/api/credits/top-ups/${id}`);
    expect(await settle(id)).toMatchObject({ body: { code: 'nothing_received' } });
    expect((await confirm(shop, id, due, `late ${id}`)).body).toMatchObject({
      ...{ status: 'paid', cancelledAt: null },
    });
    expect((await creditOf(buyer)).available).toBe('60.00');
  });

  test('a payment at the same moment is never lost', async () => {
    const { buyer, id } = await waiting();
    const [, payment] = await Promise.all([
      buyer.delete(`/api/credits/top-ups/${id}`),
      confirm(shop, id, due, `race ${id}`),
    ]);
    expect(payment.body.status).toBe('paid');
    expect((await buyer.get(`/api/credits/top-ups/${id}`)).body.status).toBe('paid');
    expect((await creditOf(buyer)).available).toBe('60.00');
  });
});

describe('the mail about a top-up', () => {
  const mailsTo = async (buyerId: string) => {
    await service.drain();
    const [account] = await service.ctx.sql<{ email: string }[]>`
      select email from accounts where buyer_id = ${buyerId}`;
    return service.mail.to(account!.email);
  };

  test('says of a part what is still due, of the whole that the credit is usable, and of more that it is kept', async () => {
    const { buyer, id, buyerId } = await waiting();
    await confirm(shop, id, '100.00', `a ${id}`);
    await confirm(shop, id, '100.00', `a ${id}`);
    await confirm(shop, id, '20.00', `b ${id}`);
    await confirm(shop, id, '5.00', `c ${id}`);
    const mails = await mailsTo(buyerId);
    const { reference } = (await buyer.get(`/api/credits/top-ups/${id}`)).body;
    const textOf = (subject: string) => mails.find((mail) => mail.subject === subject)?.text ?? '';
    expect(mails).toHaveLength(3);
    expect(textOf(`Part of the payment for ${reference} has arrived`)).toMatch(/€100\.00[^]*€18\.80/);
    const whole = textOf(`Your payment for ${reference} has arrived`);
    expect(whole).toMatch(/You can use the credits now[^]*€1\.20/);
    expect(whole).toContain(`/account/credits/${id}`);
    expect(textOf(`A further payment for ${reference} has arrived`)).toMatch(/€5\.00[^]*€6\.20/);
  });

  test('says of a settlement how much credit it is, in the language of the buyer', async () => {
    const { id, buyerId } = await waiting();
    await service.ctx.sql`update accounts set locale = 'sr' where buyer_id = ${buyerId}`;
    await confirm(shop, id, '100.00', `a ${id}`);
    await settle(id);
    const mails = await mailsTo(buyerId);
    const settled = mails.find(({ subject }) => /^Dopuna TU-.* je obračunata$/.test(subject ?? ''));
    expect(settled?.text).toMatch(/50,5/);
  });
});
