import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as charging from '#server/credits/charging/service.ts';
import { applyDispute } from '#server/credits/cards/disputes.ts';
import { reconcile, sweep } from '#server/credits/cards/receiving.ts';
import { stillClock } from '../../harness.ts';
import { faultsOf } from '../ledger/books.ts';
import { buyerIdOf, buyersOf, confirm, creditOf, due, refund, topUp } from './shop.ts';
import { openTill, type Waiting } from './till.ts';

const clock = stillClock(new Date());
const till = await openTill(clock);
const { service, standIn, staff, paid, doubtful, waiting, settle, read } = till;
const { sql, db } = service.ctx;
const { spend } = buyersOf(till);

beforeEach(() => void Object.assign(standIn.faults, { events: 'prompt', isDown: false }));
afterEach(async () => expect(await faultsOf(service.ctx)).toEqual([]));

async function act(made: Waiting, ...acts: ('dispute' | 'win' | 'lose')[]) {
  for (const one of acts) expect(standIn.act(made.sessionId, one)).toBe(true);
  await settle();
}

/** What the house claims and what the bank has had, in euro. */
async function houseMoney() {
  const rows = await sql<{ id: string; posted: string }[]>`
    select owner_id as id, (posted / 10000.0)::numeric(12, 2)::text as posted from ledger_accounts
    where owner_type = 'house' and unit = 'EUR' and owner_id in ('bank', 'claims')`;
  return Object.fromEntries(rows.map(({ id, posted }) => [id, Number(posted)]));
}

const vendorId = 7;
const canCall = async (made: Waiting) => {
  const buyerId = await buyerIdOf(service, made.id);
  const terms = await charging.termsFor(db, buyerId, vendorId, { mostSeconds: 1_800, at: clock.now() });
  return terms.seconds > 0;
};
const changesOf = async ({ id }: Waiting) => {
  const rows = await sql<{ change: string }[]>`
    select payload->>'change' as change from events
    where subject_id = ${id} and name = 'top-up.changed' order by events.id`;
  return rows.map(({ change }) => change);
};
const mailsOf = async ({ id }: Waiting) => {
  const rows = await sql<{ cause: string }[]>`
    select content->>'cause' as cause from deliveries where subject_id = ${id} order by id`;
  return rows.map(({ cause }) => cause);
};

/** What the provider answers about the dispute of a top-up. */
async function remoteDisputeOf({ id }: Waiting) {
  const [row] = await sql<{ id: string }[]>`select id from card_disputes where top_up_id = ${id}`;
  return (await service.ctx.payments!.dispute(row!.id))!;
}

describe('a dispute of a card payment', () => {
  test('it books a claim, leaves the credit, stops support calls and refunds, and is told', async () => {
    const made = await paid();
    const before = await houseMoney();
    await act(made, 'dispute');
    const after = await houseMoney();
    expect(after['bank']! - before['bank']!).toBeCloseTo(118.8);
    expect(after['claims']! - (before['claims'] ?? 0)).toBeCloseTo(-118.8);
    expect(await creditOf(made.buyer)).toMatchObject({ posted: '60.00', isDisputed: true });
    expect(await read(made)).toMatchObject({ status: 'paid', dispute: 'open' });
    expect(await canCall(made)).toBe(false);
    expect(await refund(till, made.id, '1.00')).toMatchObject({ body: { code: 'top_up_disputed' } });
    const listed = (await staff.get('/api/staff/top-ups?status=disputed')).body.items;
    expect(listed.map(({ id }: { id: string }) => id)).toEqual([made.id]);
    expect(await mailsOf(made)).toEqual(['paid', 'dispute']);
    expect((await made.buyer.get('/api/notices')).body.items[0].kind).toBe('top_up_disputed');
    await act(made, 'win');
  });

  test('no hold begins while one is being opened', async () => {
    const made = await paid();
    await act(made, 'dispute');
    const buyerId = await buyerIdOf(service, made.id);
    const held = await db.transaction((tx) =>
      charging.holdForCall(tx, {
        ...{ callId: made.id, buyerId, vendorId, mostSeconds: 600, at: clock.now() },
      }),
    );
    expect(held).toBeNull();
    await act(made, 'win');
  });

  test('one that is won ends the claim and lets its owner call again', async () => {
    const made = await paid();
    const before = await houseMoney();
    await act(made, 'dispute', 'win');
    expect(await houseMoney()).toEqual(before);
    expect(await creditOf(made.buyer)).toMatchObject({ posted: '60.00', isDisputed: false });
    expect(await canCall(made)).toBe(true);
    expect(await changesOf(made)).toEqual(['payment', 'dispute', 'dispute_won']);
    expect(await mailsOf(made)).toEqual(['paid', 'dispute', 'dispute_won']);
  });

  test('one that is lost takes back what is left, the rest is owed, and no balance is negative', async () => {
    const made = await paid();
    await spend(await buyerIdOf(service, made.id), 4_500n);
    clock.advance(1_000);
    await act(made, 'dispute', 'lose');
    expect(await creditOf(made.buyer)).toMatchObject({ posted: '0.00', isDisputed: false });
    expect(await read(made)).toMatchObject({
      dispute: 'lost',
      owedCredits: '45.00',
      received: { amount: '0.00' },
    });
    const { invoices } = await read(made);
    expect(invoices.map(({ kind }: { kind: string }) => kind)).toEqual(['invoice', 'credit_note']);
    expect(await changesOf(made)).toEqual(['payment', 'dispute', 'dispute_lost']);
    // Credit that is paid otherwise can be used.
    const other = (await topUp(made.buyer)).body;
    await confirm(till, other.id, due, `transfer ${other.id}`);
    expect(await canCall(made)).toBe(true);
  });

  test('one that is lost and then won on appeal gives the credit and the money back, once', async () => {
    const made = await paid();
    const before = await houseMoney();
    await spend(await buyerIdOf(service, made.id), 4_500n);
    await act(made, 'dispute', 'lose');
    const won = { ...(await remoteDisputeOf(made)), state: 'won' } as const;
    clock.advance(1_000);
    await Promise.all([won, won].map((remote) => applyDispute(service.ctx, remote, made.id)));
    expect(await houseMoney()).toEqual(before);
    expect(await creditOf(made.buyer)).toMatchObject({ posted: '15.00', isDisputed: false });
    expect(await read(made)).toMatchObject({
      ...{ status: 'paid', dispute: 'won', owedCredits: '0.00', received: { amount: '118.80' } },
    });
    expect(await changesOf(made)).toEqual(['payment', 'dispute', 'dispute_lost', 'dispute_won']);
    expect(await mailsOf(made)).toEqual(['paid', 'dispute', 'dispute_lost', 'dispute_won']);
  });

  test('one that is lost after a refund takes back only what was left of the payment', async () => {
    const made = await paid();
    await refund(till, made.id, '60.00');
    await settle();
    standIn.act(made.sessionId, 'failRefunds');
    await settle();
    await refund(till, made.id, '10.00');
    await settle();
    await act(made, 'dispute', 'lose');
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
  });

  test.each(['twice', 'reversed', 'never'] as const)(
    'events that come %s open and end it once',
    async (events) => {
      const made = await paid();
      const before = await houseMoney();
      standIn.faults.events = events;
      standIn.act(made.sessionId, 'dispute');
      standIn.act(made.sessionId, 'lose');
      standIn.sendKept();
      await settle();
      clock.set(new Date());
      await reconcile(service.ctx);
      await service.drain();
      expect((await read(made)).dispute).toBe('lost');
      expect(await changesOf(made)).toEqual(['payment', 'dispute', 'dispute_lost']);
      const after = await houseMoney();
      expect(after['claims']).toBe(before['claims'] ?? 0);
      expect(after['bank']! - before['bank']!).toBeCloseTo(118.8);
    },
  );

  test('one whose payment nobody has told of yet counts the payment first', async () => {
    standIn.faults.events = 'never';
    const made = await waiting();
    standIn.pay(made.sessionId, 'good');
    standIn.faults.events = 'prompt';
    await act(made, 'dispute');
    expect(await read(made)).toMatchObject({ status: 'paid', dispute: 'open' });
    expect(await creditOf(made.buyer)).toMatchObject({ posted: '60.00', isDisputed: true });
    await act(made, 'win');
  });

  test('one whose end nobody told of is asked about while it is open', async () => {
    const made = await paid();
    await act(made, 'dispute');
    standIn.faults.events = 'never';
    await act(made, 'lose');
    expect((await read(made)).dispute).toBe('open');
    await sweep(service.ctx);
    expect((await read(made)).dispute).toBe('lost');
    expect((await creditOf(made.buyer)).posted).toBe('0.00');
  });

  test('one that the provider does not know, say with the key of another account, stays open', async () => {
    const made = await paid();
    await act(made, 'dispute');
    const claimed = await houseMoney();
    const { id } = await remoteDisputeOf(made);
    await sql`update card_disputes set id = 'du_other_account' where top_up_id = ${made.id}`;
    await sweep(service.ctx);
    expect((await read(made)).dispute).toBe('open');
    expect(await houseMoney()).toEqual(claimed);
    expect(await canCall(made)).toBe(false);
    expect(await changesOf(made)).toEqual(['payment', 'dispute']);
    await sql`update card_disputes set id = ${id} where top_up_id = ${made.id}`;
    await act(made, 'win');
  });

  test('one that the stand-in of the demo has forgotten ends, so its owner can call again', async () => {
    const made = await paid();
    const before = await houseMoney();
    await act(made, 'dispute');
    await sql`update card_disputes set id = 'du_gone' where top_up_id = ${made.id}`;
    await sweep({ ...service.ctx, config: { ...service.config, mode: 'demo' } });
    expect((await read(made)).dispute).toBe('won');
    expect(await houseMoney()).toEqual(before);
    expect(await canCall(made)).toBe(true);
  });

  test('one of a payment that gave no credit books nothing', async () => {
    const made = await doubtful();
    const before = await houseMoney();
    await act(made, 'dispute', 'lose');
    expect(await read(made)).toMatchObject({ cardState: 'doubtful', dispute: null });
    expect(await houseMoney()).toEqual(before);
  });
});
