import { describe, expect, test } from 'vitest';
import * as credits from '#server/credits/service.ts';
import * as ledger from '#server/ledger/service.ts';
import { countQuality } from '#server/complaints/quality/service.ts';
import { qualityOf } from '#server/complaints/quality/rules.ts';
import { startWithWorld } from '../../world.ts';
import { colleague, founder } from '../companies/colleagues.ts';
import { balanceOf, chargedCall, file, people } from './people.ts';

const { service, world } = await startWithWorld({ leaveJobs: true });
const cast = await people(service, world);
const { buyer, manager, staff } = cast;
const { db } = service.ctx;

const complain = async (call: string) => (await file(buyer, { type: 'call', id: call })).body.id as string;
const decide = (id: string, refundCredits: string, client = staff) =>
  client.post(`/api/complaints/${id}/decision`, {
    decision: 'resolved',
    reason: 'You are right',
    refundCredits,
  });

describe('a refund', () => {
  test('is a transaction of its own in the statement of who paid, from the vendor', async () => {
    const call = await chargedCall(service, world, cast.buyerId, 200n);
    const [before, vendorBefore] = [
      await balanceOf(service, 'buyer', cast.buyerId),
      await balanceOf(service, 'vendor', world.vendors.sever),
    ];
    const id = await complain(call);
    expect((await staff.get(`/api/complaints/${id}`)).body.refundable).toBe('2.00');
    expect((await manager.get(`/api/complaints/${id}`)).body.refundable).toBeUndefined();
    const { body } = await decide(id, '1.50');
    expect(body.decision).toMatchObject({ decision: 'resolved', by: 'staff', refundCredits: '1.50' });
    expect(await balanceOf(service, 'buyer', cast.buyerId)).toBe(before + 150n);
    expect(await balanceOf(service, 'vendor', world.vendors.sever)).toBe(vendorBefore - 150n);
    const [entry] = (await buyer.get('/api/credits/entries')).body.items;
    expect(entry).toMatchObject({ kind: 'refund', amount: '1.50', text: body.number });
    expect((await decide(id, '0.50')).body.code).toBe('complaint_closed');
  });

  test('is for staff, of a charged call, and at most what is left of its charge', async () => {
    const call = await chargedCall(service, world, cast.buyerId, 200n);
    const first = await complain(call);
    expect((await decide(first, '1.00', manager)).status).toBe(403);
    const tooHigh = await decide(first, '2.01');
    expect(tooHigh.body.errors[0]).toMatchObject({ path: 'refundCredits', code: 'refund_exceeds_charge' });
    expect((await decide(first, '1.20')).status).toBe(200);
    const second = await complain(call);
    expect((await decide(second, '0.81')).body.code).toBe('refund_exceeds_charge');
    expect((await decide(second, '0.80')).status).toBe(200);
    const product = await file(buyer, { type: 'product', id: world.products.motor });
    expect((await decide(product.body.id, '1.00')).body.code).toBe('not_refundable');
    const free = await chargedCall(service, world, cast.buyerId, 0n);
    expect((await decide(await complain(free), '1.00')).body.code).toBe('not_refundable');
  });

  test('stays within the charge when many are decided at once', async () => {
    const call = await chargedCall(service, world, cast.buyerId, 500n);
    const before = await balanceOf(service, 'buyer', cast.buyerId);
    const filed = await complain(call);
    // More about one call than its buyer can have open, so they are of others.
    const others = await service.ctx.sql<{ id: string }[]>`
      with other as (insert into buyers (created_at) select now() from generate_series(1, 11) returning id)
      insert into complaints (number, buyer_id, vendor_id, subject_type, subject_id, subject, category, wish,
                              status_at, created_at)
      select 'CO-' || other.id, other.id, vendor_id, subject_type, subject_id, subject, category, wish, status_at,
        complaints.created_at
      from complaints, other where complaints.id = ${filed} returning id`;
    const ids = [filed, ...others.map(({ id }) => id)];
    const answers = await Promise.all(ids.map((id) => decide(id, '1.00')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(await balanceOf(service, 'buyer', cast.buyerId)).toBe(before + 500n);
  });

  test('comes from the house as far as the vendor has spent what it got', async () => {
    const call = await chargedCall(service, world, cast.buyerId, 300n);
    const vendor = { owner: { type: 'vendor', id: world.vendors.sever }, unit: 'credit' } as const;
    const { posted } = await ledger.balancesOf(db, vendor);
    const house = { owner: { type: 'house', id: 'paid-out' }, unit: 'credit' } as const;
    const entries = [
      { account: vendor, amount: 100n - posted },
      { account: house, amount: posted - 100n },
    ];
    const cause = { kind: 'adjustment', actor: 'system', text: 'paid', at: service.clock.now() };
    await db.transaction((tx) => ledger.post(tx, { ...cause, operationId: call, entries }));
    const before = await balanceOf(service, 'buyer', cast.buyerId);
    expect((await decide(await complain(call), '3.00')).status).toBe(200);
    expect(await balanceOf(service, 'buyer', cast.buyerId)).toBe(before + 300n);
    expect(await balanceOf(service, 'vendor', world.vendors.sever)).toBe(0n);
  });

  test('is no longer counted in what a person may use of their company’s credit in the month', async () => {
    const member = await colleague(service, await founder(service), { monthlyCredits: '3' });
    const [row] = await service.ctx.sql<{ buyerId: string }[]>`
      select buyer_id as "buyerId" from accounts where email = ${member.email}`;
    const { buyerId } = row!;
    const call = await chargedCall(service, world, buyerId, 200n);
    const id = (await file(member.browser, { type: 'call', id: call })).body.id as string;
    expect((await decide(id, '1.50')).status).toBe(200);
    const terms = { mostSeconds: 3_600, at: service.clock.now() };
    const { available } = await credits.termsFor(db, buyerId, Number(world.vendors.sever), terms);
    expect(available).toBe(150n);
  });

  test('beyond the charge or to another account is refused by the database, whoever writes it', async () => {
    const call = await chargedCall(service, world, cast.buyerId, 200n);
    const post = (id: string, amount: bigint) =>
      db.transaction((tx) =>
        ledger.post(tx, {
          ...{ kind: 'refund', actor: 'system', text: 'x', at: service.clock.now() },
          ...{ operationId: crypto.randomUUID(), subject: { type: 'call', id: call } },
          entries: [
            { account: { owner: { type: 'buyer', id }, unit: 'credit' }, amount },
            { account: { owner: { type: 'house', id: 'refunds' }, unit: 'credit' }, amount: -amount },
          ],
        }),
      );
    await expect(post(cast.buyerId, 201n)).rejects.toThrow();
    await expect(post(crypto.randomUUID(), 100n)).rejects.toThrow();
    expect(await post(cast.buyerId, 200n)).toBe('posted');
    await expect(post(cast.buyerId, 1n)).rejects.toThrow();
  });
});

test('a decided complaint, and a message, can no longer be changed or deleted by anybody', async () => {
  const id = await complain(await chargedCall(service, world, cast.buyerId, 100n));
  await decide(id, '1.00');
  const { sql } = service.ctx;
  await expect(sql`update complaints set reason = 'other' where id = ${id}`).rejects.toThrow('decided once');
  await expect(sql`delete from complaints where id = ${id}`).rejects.toThrow('decided once');
  await expect(sql`update complaint_messages set text = 'x' where complaint_id = ${id}`).rejects.toThrow();
});

describe("a vendor's quality", () => {
  const counted = {
    asked: 10,
    answered: 10,
    medianAnswerSeconds: 3_600,
    callsTaken: 10,
    callsMissed: 0,
    callComplaints: 0,
  };

  test.each([
    [counted, 100],
    [{ ...counted, answered: 5 }, 80],
    [{ ...counted, medianAnswerSeconds: 38 * 3_600 }, 90],
    [{ ...counted, callsMissed: 10 }, 80],
    [{ ...counted, callComplaints: 1 }, 80],
    [{ ...counted, callComplaints: 10 }, 70],
    [{ ...counted, asked: 0, answered: 0, medianAnswerSeconds: null }, 100],
    [{ ...counted, asked: 4, callsTaken: 0 }, null],
  ])('follows from what it did: %j is %s', (figures, score) => {
    expect(qualityOf(figures)).toBe(score);
  });

  test('is counted from its calls and how many of them were complained about', async () => {
    const [{ calls }] = await service.ctx.sql<[{ calls: number }]>`
      select count(distinct subject_id)::int as calls from complaints where subject_type = 'call'`;
    await countQuality(service.ctx);
    const { body } = await service.visitor().get(`/api/vendors/${world.vendors.sever}/quality`);
    expect(body.calls.taken).toBeGreaterThan(5);
    expect(calls).toBeGreaterThan(5);
    expect(body.complaints.count).toBe(calls);
    expect(body.score).toBe(70);
    expect((await service.visitor().get(`/api/vendors/${world.vendors.kovo}/quality`)).body.score).toBeNull();
    expect((await service.visitor().get('/api/vendors/99999999/quality')).status).toBe(404);
  });
});
