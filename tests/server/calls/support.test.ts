import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../harness.ts';
import { loggedIn } from '../presence/staff.ts';
import {
  addPayer,
  balancesOf,
  giveCredit,
  type Payer,
  startSupport,
  type SupportExchange,
} from './support.ts';

let exchange: SupportExchange;
let db: SupportExchange['service']['ctx']['db'];

beforeAll(async () => {
  exchange = await startSupport();
  db = exchange.service.ctx.db;
});
afterAll(() => exchange.end());
beforeEach(() => exchange.putOnDuty(exchange.ivana.id));
afterEach(async () => {
  exchange.simulator.faults.clear();
  exchange.simulator.personas.clear(exchange.ivana.phone);
  await exchange.service.ctx.sql`delete from support_rates`;
});

const support = () => ({ offerId: exchange.world.offers.motorSever, kind: 'support' });
const of = ({ status, body }: Answer<{ code?: string }>) =>
  status < 300 ? status : `${status} ${body.code}`;
const callOf = async ({ id, visitor }: { id: string; visitor: Payer['visitor'] }) =>
  (await visitor.get(`/api/calls/${id}`)).body;
const creditOf = async ({ visitor }: Payer) => (await visitor.get('/api/credits')).body;
const hangUp = ({ id, visitor }: { id: string; visitor: Payer['visitor'] }) =>
  visitor.post(`/api/calls/${id}/hangup`);
const earned = async () => (await balancesOf(db, exchange.world.vendors.sever, 'vendor')).posted;
const wait = (seconds: number) => exchange.advance(seconds);

describe('before a support call', () => {
  test('guests are asked to log in', async () => {
    const guest = exchange.service.visitor();
    expect(of(await exchange.requestCall(guest, exchange.newPhone(), support()))).toBe('401 login_required');
  });

  test('a call needs credit for a minute at the rate of its vendor', async () => {
    const poor = await exchange.newPayer(99n);
    expect(of(await exchange.requestCall(poor.visitor, poor.phone, support()))).toBe('402 credit_too_low');
    await exchange.service.ctx.sql`
      insert into support_rates (vendor_id, rate) values (${exchange.world.vendors.sever}, 250)`;
    const payer = await exchange.newPayer(249n);
    expect(of(await exchange.requestCall(payer.visitor, payer.phone, support()))).toBe('402 credit_too_low');
    await giveCredit(db, payer.buyerId, 1n, exchange.service.clock.now());
    const call = await exchange.callSupport(payer);
    expect((await callOf(call)).credit).toEqual({
      ...{ rate: '2.50', held: '2.50', spent: '0.00', available: '0.00', secondsLeft: 60 },
    });
    await hangUp(call);
    expect(await exchange.expectCharged(call, payer)).toMatchObject({ charge: 0n, hold: 'released' });
  });

  test('what is held is what the longest call takes', async () => {
    const payer = await exchange.newPayer(100_00n);
    const call = await exchange.callSupport(payer);
    expect(await creditOf(payer)).toMatchObject({ held: '30.00', available: '70.00' });
    // Repeated, it is the same call.
    expect((await exchange.callSupport(payer)).id).toBe(call.id);
    await hangUp(call);
    await exchange.expectCharged(call, payer);
    expect(await creditOf(payer)).toEqual({
      ...{ posted: '100.00', held: '0.00', available: '100.00', secondsLeft: 6000, isDisputed: false },
    });
  });

  test('of two calls that race for the same credit one begins', async () => {
    const payer = await exchange.newPayer(100n);
    const phones = [payer.phone, exchange.newPhone()];
    const answers = await Promise.all(
      phones.map((phone) => exchange.requestCall(payer.visitor, phone, support())),
    );
    expect(answers.map(of).toSorted()).toEqual([201, '409 call_in_progress']);
    const begun = answers.find(({ status }) => status === 201)!.body.id;
    const call = { id: begun, visitor: payer.visitor, phone: payer.phone };
    await hangUp(call);
    await exchange.until(async () => (await exchange.record(begun)).state === 'closed');
    expect(await creditOf(payer)).toMatchObject({ posted: '1.00', held: '0.00' });
    await exchange.until(async () => (await exchange.countReserved()) === 0);
  });

  test('a sales call takes no credit', async () => {
    const { visitor } = await addPayer(exchange.service, 0n);
    const sales = await exchange.requestCall(visitor, exchange.newPhone());
    expect(sales.status).toBe(201);
    expect((await callOf({ id: sales.body.id, visitor })).credit).toBeNull();
    await hangUp({ id: sales.body.id, visitor });
    await exchange.until(async () => (await exchange.countReserved()) === 0);
  });

  test('a call-back of support takes no credit', async () => {
    const { service, world } = exchange;
    const guest = service.visitor();
    const wish = { ...support(), phone: exchange.newPhone(), wantedAt: service.clock.now().toISOString() };
    const { id } = (await guest.post('/api/call-backs', wish)).body;
    const desk = await loggedIn(service, world, 'ivana');
    const answer = await desk.post(`/api/agent/call-backs/${id}/call`);
    expect(of(answer)).toBe(201);
    expect(await callOf({ id: answer.body.id, visitor: guest })).toMatchObject({
      credit: null,
      report: null,
    });
    await hangUp({ id: answer.body.id, visitor: guest });
    await exchange.until(async () => (await exchange.countReserved()) === 0);
  });

  test('what support takes is told to guests, and to buyers how long they can talk', async () => {
    const terms = `/api/support-terms?vendor=${exchange.world.vendors.sever}`;
    const guest = exchange.service.visitor();
    expect((await guest.get(terms)).body).toEqual({
      ...{ rate: '1.00', price: null, leastSeconds: 60, credit: null },
    });
    expect(of(await guest.get('/api/support-terms?vendor=999999'))).toBe('404 not_found');
    const { visitor } = await exchange.newPayer(1_50n);
    expect((await visitor.get(terms)).body.credit).toMatchObject({ available: '1.50', seconds: 90 });
  });
});

describe('during and after a support call', () => {
  test('a conversation is charged by the second from the press of 1, once, to the vendor', async () => {
    const payer = await exchange.newPayer(10_00n);
    const before = await earned();
    const call = await exchange.talk(payer);
    await wait(20);
    const { credit, report } = await callOf(call);
    expect(report).toBeNull();
    expect(credit).toEqual({
      ...{ rate: '1.00', held: '10.00', available: '0.00', spent: '0.34', secondsLeft: 580 },
    });
    exchange.simulator.phones.hangUp(payer.phone);
    const charged = await exchange.expectCharged(call, payer);
    expect(charged.seconds).toBe(20);
    expect(await callOf(call)).toMatchObject({
      ...{ credit: null, keptUntil: null, can: { goOn: false, rate: true } },
      report: {
        ...{ seconds: 20, rate: '1.00', charge: '0.34', before: '10.00', after: '9.66', endedBy: 'visitor' },
      },
    });
    expect(await creditOf(payer)).toMatchObject({ posted: '9.66', held: '0.00', available: '9.66' });
    expect((await earned()) - before).toBe(34n);
    const [entry] = (await payer.visitor.get('/api/credits/entries')).body.items;
    expect(entry).toMatchObject({
      ...{ kind: 'call', amount: '-0.34', balance: '9.66', callId: call.id },
      text: 'Elektro Sever, MOT-7, 0:20',
    });
  });

  test('a confirmed number is charged from the answer', async () => {
    const payer = await exchange.newPayer(10_00n);
    const first = await exchange.talk(payer);
    await hangUp(first);
    await exchange.expectCharged(first, payer);
    await exchange.putOnDuty(exchange.ivana.id);
    const second = await exchange.talk(payer);
    expect((await callOf(second)).asksToConfirm).toBe(false);
    await wait(30);
    await hangUp(second);
    expect((await exchange.expectCharged(second, payer)).seconds).toBeGreaterThanOrEqual(30);
  });

  test('a call nobody answers takes nothing', async () => {
    const payer = await exchange.newPayer(5_00n);
    exchange.simulator.personas.set(exchange.ivana.phone, { kind: 'human', presses: ['2'] });
    const call = await exchange.callSupport(payer);
    const charged = await exchange.expectCharged(call, payer);
    expect(charged).toMatchObject({ charge: 0n, hold: 'released' });
    expect((await callOf(call)).report).toMatchObject({
      ...{ seconds: 0, charge: '0.00', before: '5.00', after: '5.00' },
    });
  });

  test('a rate that changes during a call holds from the next one on', async () => {
    const { sql } = exchange.service.ctx;
    await sql`insert into support_rates (vendor_id, rate) values (${exchange.world.vendors.sever}, 200)`;
    const payer = await exchange.newPayer(10_00n);
    const call = await exchange.talk(payer);
    await sql`update support_rates set rate = 900`;
    await wait(30);
    await hangUp(call);
    const { rate, seconds, charge } = await exchange.expectCharged(call, payer);
    expect(rate).toBe(200n);
    expect(charge).toBe(BigInt(Math.ceil((seconds * 200) / 60)));
  });

  test('a support call is rated once, by its caller, after the conversation', async () => {
    const payer = await exchange.newPayer(5_00n);
    const rating = { line: 4, agent: 5 };
    const call = await exchange.talk(payer);
    const rate = (visitor: Payer['visitor']) => visitor.post(`/api/calls/${call.id}/rating`, rating);
    expect(of(await rate(payer.visitor))).toBe('409 call_not_rateable');
    await wait(5);
    await hangUp(call);
    await exchange.expectCharged(call, payer);
    const stranger = await addPayer(exchange.service, 0n);
    expect(of(await rate(stranger.visitor))).toBe('404 not_found');
    const answers = await Promise.all([rate(payer.visitor), rate(payer.visitor)]);
    expect(answers.map(of).toSorted()).toEqual([201, '409 call_already_rated']);
  });
});

describe('at the end of the credit', () => {
  /** Talks until a call with credit for 90 seconds is cut off. */
  async function cutOff(payer: Payer) {
    const call = await exchange.talk(payer);
    await wait(88);
    expect((await callOf(call)).status).toBe('in_call');
    await exchange.until(async () => (await callOf(call)).status === 'ended', 8);
    return call;
  }

  test('a call is cut off when the credit is spent, to the last hundredth', async () => {
    const payer = await exchange.newPayer(1_50n);
    const call = await cutOff(payer);
    const record = await exchange.record(call.id);
    expect(record.talk_seconds).toBeGreaterThanOrEqual(90);
    expect(record.talk_seconds).toBeLessThanOrEqual(92);
    expect(await callOf(call)).toMatchObject({
      outcome: 'completed',
      report: { seconds: 90, charge: '1.50', before: '1.50', after: '0.00', endedBy: 'system' },
      can: { goOn: false },
    });
    expect(await creditOf(payer)).toMatchObject({ posted: '0.00', held: '0.00', available: '0.00' });
    await exchange.expectCharged(call, payer);
  });

  test('a top-up during a call does not prolong it', async () => {
    const payer = await exchange.newPayer(1_50n);
    const call = await exchange.talk(payer);
    await giveCredit(db, payer.buyerId, 50_00n, exchange.service.clock.now());
    await wait(30);
    expect((await callOf(call)).credit).toMatchObject({ available: '50.00', held: '1.50', secondsLeft: 60 });
    await exchange.until(async () => (await callOf(call)).status === 'ended', 70);
    expect((await callOf(call)).report).toMatchObject({ charge: '1.50', before: '51.50', after: '50.00' });
    await exchange.expectCharged(call, payer);
  });

  test('an agent is kept for a minute for the buyer, who goes on with one press', async () => {
    const payer = await exchange.newPayer(1_50n);
    const call = await cutOff(payer);
    const kept = await callOf(call);
    expect(Date.parse(kept.keptUntil) - Date.parse(kept.endedAt)).toBeGreaterThanOrEqual(58_000);
    const stranger = await exchange.newPayer(10_00n);
    expect(of(await exchange.requestCall(stranger.visitor, stranger.phone, support()))).toBe(
      '409 nobody_free',
    );
    await wait(35);
    expect(await exchange.shownStatus(exchange.ivana.id)).toBe('busy');
    await giveCredit(db, payer.buyerId, 2_00n, exchange.service.clock.now());
    expect((await callOf(call)).can.goOn).toBe(true);
    const next = await exchange.callSupport(payer, { agentId: exchange.ivana.id });
    await exchange.untilStatus({ ...next }, 'in_call');
    expect((await callOf(next)).credit).toMatchObject({ held: '2.00' });
    await hangUp(next);
    await exchange.expectCharged(next, payer);
  });

  test('an agent is free again a minute after a cut', async () => {
    const payer = await exchange.newPayer(1_50n);
    const call = await cutOff(payer);
    await wait(65);
    expect(await exchange.shownStatus(exchange.ivana.id)).toBe('available');
    expect((await callOf(call)).keptUntil).toBeNull();
  });
});
