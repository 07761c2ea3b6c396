import { afterEach, describe, expect, test } from 'vitest';
import { calls } from '#db/tables/calls.ts';
import * as admission from '#server/admission/service.ts';
import { addCall, addBuyer } from '../desk/desks.ts';
import { refusals, setUpAdmission } from './setup.ts';

const limits = {
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '3',
  LIMIT_CALLS_PER_ADDRESS_DAY: '5',
  LIMIT_CALLS_PER_NUMBER_TEN_MINUTES: '2',
  LIMIT_CALLS_PER_NUMBER_DAY: '3',
  CALLS_AT_ONCE: '4',
  CALL_DAILY_BUDGET: '10',
};
const setup = await setUpAdmission(limits);
afterEach(async () => {
  const { sql } = setup.service.ctx;
  await sql`truncate call_events, call_legs, calls, calling_switches, limit_counters, events cascade`;
});

/** Midday, so that ten minutes later is the same day. */
const midday = new Date(Date.UTC(2026, 4, 6, 12));
const minutes = (count: number) => setup.service.clock.advance(count * 60_000);

async function attempts(count: number, about: Partial<admission.Attempt>): Promise<string[]> {
  const results: string[] = [];
  for (let i = 0; i < count; i += 1) results.push(await setup.attempt(about));
  return results;
}

describe('limits, at each and one past it', () => {
  test('an IP address may start three calls in ten minutes and five a day', async () => {
    setup.service.clock.set(midday);
    const address = '192.0.2.1';
    expect(await attempts(4, { address })).toEqual(['admitted', 'admitted', 'admitted', 'too_many']);
    expect(await setup.attempt({ address: '192.0.2.2' })).toBe('admitted');
    minutes(10);
    expect(await attempts(3, { address })).toEqual(['admitted', 'admitted', 'too_many']);
    minutes(24 * 60);
    expect(await setup.attempt({ address })).toBe('admitted');
  });

  test("attempts with numbers that aren't called count too", async () => {
    const about = { address: '192.0.2.1', phone: '+33899123456' };
    const refused = 'call_not_possible';
    expect(await attempts(4, about)).toEqual([refused, refused, refused, 'too_many']);
  });

  test('concurrent attempts of an IP address respect the limit', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, () => setup.attempt({ address: '192.0.2.1' })),
    );
    expect(results.filter((result) => result === 'admitted')).toHaveLength(3);
    expect(results.filter((result) => result === 'too_many')).toHaveLength(5);
  });

  test('a number is called twice in ten minutes and three times a day at most, from any browser', async () => {
    setup.service.clock.set(midday);
    const phone = setup.newPhone();
    const another = { phone, buyerId: await addBuyer(setup.service.ctx.db) };
    expect(await attempts(1, { phone })).toEqual(['admitted']);
    expect(await attempts(2, another)).toEqual(['admitted', 'call_not_possible']);
    minutes(10);
    expect(await attempts(2, { phone })).toEqual(['admitted', 'call_not_possible']);
    minutes(24 * 60);
    expect(await setup.attempt({ phone })).toBe('admitted');
  });

  test("calls that did not start don't count for the number", async () => {
    const phone = setup.newPhone();
    const failing = () => Promise.reject(new Error('nobody free'));
    for (let i = 0; i < 4; i += 1)
      await expect(setup.attempt({ phone }, failing)).rejects.toThrow('nobody free');
    expect(await attempts(3, { phone })).toEqual(['admitted', 'admitted', 'call_not_possible']);
  });

  test('a vendor has at most as many calls as agents', async () => {
    await setup.addLive();
    expect(await setup.attempt()).toBe('admitted');
    await setup.addLive();
    expect(await setup.attempt()).toBe('nobody_free');
    expect(await setup.attempt({ vendorId: Number(setup.world.vendors.brandt) })).toBe('admitted');
    expect(await setup.attempt({ purpose: 'call_back' })).toBe('admitted');
  });

  test('the number of calls at once is limited, however many start concurrently', async () => {
    const { db } = setup.service.ctx;
    const visitors = await Promise.all(Array.from({ length: 8 }, () => addBuyer(db)));
    const vendors = [setup.world.vendors.sever, setup.world.vendors.brandt, setup.world.vendors.wisla];
    await setup.service.ctx.sql`insert into agents (vendor_id, name, email, kind, phone)
      select v.id, 'Extra ' || n, n || '@extra.example', 'sales', '+38164222000' || n
      from vendors v, generate_series(1, 9) n`;
    const results = await Promise.all(
      visitors.map((buyerId, i) => {
        const vendorId = Number(vendors[i % vendors.length]);
        const phone = setup.newPhone();
        const at = setup.service.clock.now();
        const call: typeof calls.$inferInsert = {
          ...{ buyerId, phone, vendorId, kind: 'sales', phoneConfirmed: false, locale: 'en' },
          ...{ maxSeconds: 60, state: 'requested', stateAt: at, requestedAt: at },
          offerId: Number(setup.world.offers.sensorSever),
        };
        return setup.attempt({ buyerId, phone, vendorId }, (tx) => tx.insert(calls).values(call));
      }),
    );
    expect(results.filter((result) => result === 'admitted')).toHaveLength(4);
    expect(results.filter((result) => result === 'calling_off')).toHaveLength(4);
  });
});

describe('the daily budget and the switch', () => {
  /** Adds an ended call whose legs lasted that long. */
  async function addEndedCall(
    seconds: (number | null)[],
    agentId = Number(setup.world.agents.milan),
  ): Promise<void> {
    const at = setup.service.clock.now();
    const about = { vendorId: setup.world.vendors.sever, offerId: setup.world.offers.sensorSever, at };
    const over = { state: 'closed', outcome: 'no_agent', endedAt: at } as const;
    const legs = seconds.map((durationSeconds) => ({
      ...{ agentId, durationSeconds, endedAt: at, releasedAt: at },
    }));
    await addCall(setup.service.ctx.db, about, over, legs);
  }

  // A budget of 10.00 at 0.05 a minute is 200 minutes, of which each new call reserves 60.
  test('the budget stops all calls until the next day, and that is recorded', async () => {
    setup.service.clock.set(midday);
    await addEndedCall([60 * 100, 60 * 39, null]);
    expect(await setup.attempt()).toBe('admitted');
    await addEndedCall([1]);
    expect(await setup.attempt()).toBe('calling_off');
    const { sql, db } = setup.service.ctx;
    expect(await admission.isStopped(db, setup.service.clock.now())).toBe(true);
    expect(await setup.attempt()).toBe('calling_off');
    expect((await refusals(setup.service)).map(({ reason }) => reason)).toEqual(['budget_spent', 'stopped']);
    expect(await sql`select payload from events where name = 'calling.stopped'`).toHaveLength(1);
    expect(await setup.attempt({ purpose: 'ask_back' })).toBe('admitted');
    minutes(12 * 60);
    expect(await setup.attempt()).toBe('admitted');
  });

  test('live calls count with their longest possible length', async () => {
    const agentId = Number(setup.world.agents.milan);
    const at = setup.service.clock.now();
    const about = { vendorId: setup.world.vendors.wisla, offerId: setup.world.offers.sensorWisla, at };
    await addCall(setup.service.ctx.db, about, { maxSeconds: 60 * 140 }, [{ agentId }]);
    expect(await setup.attempt()).toBe('admitted');
    await addEndedCall([1]);
    expect(await setup.attempt()).toBe('calling_off');
    // Calling is not stopped for the day, as the live call may be short.
    expect(await admission.isStopped(setup.service.ctx.db, at)).toBe(false);
  });

  test('the switch stops calls until an operator resumes them', async () => {
    const { db } = setup.service.ctx;
    const now = () => setup.service.clock.now();
    await db.transaction((tx) => admission.stopCalling(tx, 'pranks', now()));
    expect(await setup.attempt()).toBe('calling_off');
    minutes(24 * 60);
    await admission.resumeCallingNextDay(setup.service.ctx);
    expect(await setup.attempt()).toBe('calling_off');
    await db.transaction((tx) => admission.resumeCalling(tx, now()));
    expect(await setup.attempt()).toBe('admitted');
  });

  test('no call starts without a Twilio account', async () => {
    const { config } = setup.service.ctx;
    const { twilio } = config;
    config.twilio = undefined;
    expect(await setup.attempt()).toBe('calling_off');
    expect(await setup.attempt({ purpose: 'ask_back' })).toBe('calling_off');
    config.twilio = twilio;
    expect(await setup.attempt()).toBe('admitted');
  });
});
