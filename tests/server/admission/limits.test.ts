import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { calls } from '#db/tables/calls.ts';
import * as admission from '#server/admission/service.ts';
import { addCall, addBuyer } from '../desk/desks.ts';
import { refusals, type Stand, stand } from './admitting.ts';

let s: Stand;
const limits = {
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '3',
  LIMIT_CALLS_PER_ADDRESS_DAY: '5',
  LIMIT_CALLS_PER_NUMBER_TEN_MINUTES: '2',
  LIMIT_CALLS_PER_NUMBER_DAY: '3',
  CALLS_AT_ONCE: '4',
  CALL_DAILY_BUDGET: '10',
};
beforeAll(async () => {
  s = await stand(limits);
});
afterAll(() => s.service.end());
afterEach(async () => {
  const { sql } = s.service.ctx;
  await sql`truncate call_events, call_legs, calls, calling_switches, limit_counters, events cascade`;
});

/** Midday, so that ten minutes more are the same day. */
const midday = new Date(Date.UTC(2026, 4, 6, 12));
const minutes = (count: number) => s.service.clock.advance(count * 60_000);

async function times(count: number, about: Partial<admission.Attempt>): Promise<string[]> {
  const results: string[] = [];
  for (let i = 0; i < count; i += 1) results.push(await s.attempt(about));
  return results;
}

describe('limits, at each and one past it', () => {
  test('an address may start three calls in ten minutes and five a day', async () => {
    s.service.clock.set(midday);
    const address = '192.0.2.1';
    expect(await times(4, { address })).toEqual(['admitted', 'admitted', 'admitted', 'too_many']);
    expect(await s.attempt({ address: '192.0.2.2' })).toBe('admitted');
    minutes(10);
    expect(await times(3, { address })).toEqual(['admitted', 'admitted', 'too_many']);
    minutes(24 * 60);
    expect(await s.attempt({ address })).toBe('admitted');
  });

  test("attempts with numbers that aren't called count too", async () => {
    const about = { address: '192.0.2.1', phone: '+33899123456' };
    const refused = 'call_not_possible';
    expect(await times(4, about)).toEqual([refused, refused, refused, 'too_many']);
  });

  test('concurrent attempts of an address respect the limit', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => s.attempt({ address: '192.0.2.1' })));
    expect(results.filter((result) => result === 'admitted')).toHaveLength(3);
    expect(results.filter((result) => result === 'too_many')).toHaveLength(5);
  });

  test('a number is called twice in ten minutes and three times a day at most, from any browser', async () => {
    s.service.clock.set(midday);
    const phone = s.phone();
    const another = { phone, buyerId: await addBuyer(s.service.ctx.db) };
    expect(await times(1, { phone })).toEqual(['admitted']);
    expect(await times(2, another)).toEqual(['admitted', 'call_not_possible']);
    minutes(10);
    expect(await times(2, { phone })).toEqual(['admitted', 'call_not_possible']);
    minutes(24 * 60);
    expect(await s.attempt({ phone })).toBe('admitted');
  });

  test("calls that did not start don't count for the number", async () => {
    const phone = s.phone();
    const failing = () => Promise.reject(new Error('nobody free'));
    for (let i = 0; i < 4; i += 1) await expect(s.attempt({ phone }, failing)).rejects.toThrow('nobody free');
    expect(await times(3, { phone })).toEqual(['admitted', 'admitted', 'call_not_possible']);
  });

  test('a vendor has at most as many calls as agents', async () => {
    await s.addLive();
    expect(await s.attempt()).toBe('admitted');
    await s.addLive();
    expect(await s.attempt()).toBe('nobody_free');
    expect(await s.attempt({ vendorId: Number(s.world.vendors.brandt) })).toBe('admitted');
    expect(await s.attempt({ purpose: 'call_back' })).toBe('admitted');
  });

  test('the number of calls at once is limited, however many start concurrently', async () => {
    const { db } = s.service.ctx;
    const visitors = await Promise.all(Array.from({ length: 8 }, () => addBuyer(db)));
    const vendors = [s.world.vendors.sever, s.world.vendors.brandt, s.world.vendors.wisla];
    await s.service.ctx.sql`insert into agents (vendor_id, name, email, kind, phone)
      select v.id, 'Extra ' || n, n || '@extra.example', 'sales', '+38164222000' || n
      from vendors v, generate_series(1, 9) n`;
    const results = await Promise.all(
      visitors.map((buyerId, i) => {
        const vendorId = Number(vendors[i % vendors.length]);
        const phone = s.phone();
        const at = s.service.clock.now();
        const call: typeof calls.$inferInsert = {
          ...{ buyerId, phone, vendorId, kind: 'sales', phoneConfirmed: false, locale: 'en' },
          ...{ maxSeconds: 60, state: 'requested', stateAt: at, requestedAt: at },
          offerId: Number(s.world.offers.sensorSever),
        };
        return s.attempt({ buyerId, phone, vendorId }, (tx) => tx.insert(calls).values(call));
      }),
    );
    expect(results.filter((result) => result === 'admitted')).toHaveLength(4);
    expect(results.filter((result) => result === 'calling_off')).toHaveLength(4);
  });
});

describe('money', () => {
  /** A call that is over, with this many seconds on each of its phones. */
  async function spend(seconds: (number | null)[], agentId = Number(s.world.agents.milan)): Promise<void> {
    const at = s.service.clock.now();
    const about = { vendorId: s.world.vendors.sever, offerId: s.world.offers.sensorSever, at };
    const over = { state: 'closed', outcome: 'no_agent', endedAt: at } as const;
    const legs = seconds.map((durationSeconds) => ({
      ...{ agentId, durationSeconds, endedAt: at, releasedAt: at },
    }));
    await addCall(s.service.ctx.db, about, over, legs);
  }

  // 10.00 at 0.05 are 200 minutes, of which a call sets 60 aside.
  test('the budget stops all calls until the next day, and that is recorded', async () => {
    s.service.clock.set(midday);
    await spend([60 * 100, 60 * 39, null]);
    expect(await s.attempt()).toBe('admitted');
    await spend([1]);
    expect(await s.attempt()).toBe('calling_off');
    const { sql, db } = s.service.ctx;
    expect(await admission.isStopped(db, s.service.clock.now())).toBe(true);
    expect(await s.attempt()).toBe('calling_off');
    expect((await refusals(s.service)).map(({ reason }) => reason)).toEqual(['budget_spent', 'stopped']);
    expect(await sql`select payload from events where name = 'calling.stopped'`).toHaveLength(1);
    expect(await s.attempt({ purpose: 'ask_back' })).toBe('admitted');
    minutes(12 * 60);
    expect(await s.attempt()).toBe('admitted');
  });

  test('live calls count with their longest possible length', async () => {
    const agentId = Number(s.world.agents.milan);
    const at = s.service.clock.now();
    const about = { vendorId: s.world.vendors.wisla, offerId: s.world.offers.sensorWisla, at };
    await addCall(s.service.ctx.db, about, { maxSeconds: 60 * 140 }, [{ agentId }]);
    expect(await s.attempt()).toBe('admitted');
    await spend([1]);
    expect(await s.attempt()).toBe('calling_off');
    // Not for the day: the line may end soon.
    expect(await admission.isStopped(s.service.ctx.db, at)).toBe(false);
  });

  test('the switch stops calls until an operator resumes them', async () => {
    const { db } = s.service.ctx;
    const now = () => s.service.clock.now();
    await db.transaction((tx) => admission.stopCalling(tx, 'pranks', now()));
    expect(await s.attempt()).toBe('calling_off');
    minutes(24 * 60);
    await admission.resumeCallingNextDay(s.service.ctx);
    expect(await s.attempt()).toBe('calling_off');
    await db.transaction((tx) => admission.resumeCalling(tx, now()));
    expect(await s.attempt()).toBe('admitted');
  });

  test('no call starts without a Twilio account', async () => {
    const { config } = s.service.ctx;
    const { twilio } = config;
    config.twilio = undefined;
    expect(await s.attempt()).toBe('calling_off');
    expect(await s.attempt({ purpose: 'ask_back' })).toBe('calling_off');
    config.twilio = twilio;
    expect(await s.attempt()).toBe('admitted');
  });
});
