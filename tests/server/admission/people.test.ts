import { afterEach, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import { addBuyer } from '../desk/desks.ts';
import { account, refusals, setUpAdmission } from './setup.ts';

const highLimits = {
  LIMIT_CALLS_PER_NUMBER_TEN_MINUTES: '2',
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000',
  LIMIT_CALLS_PER_ADDRESS_DAY: '1000',
  CALL_DAILY_BUDGET: '1000',
};
const setup = await setUpAdmission(highLimits);
afterEach(async () => {
  await setup.service.drain();
  await setup.service.ctx.sql`truncate call_legs, calls, call_backs, limit_counters, events cascade`;
});

const refused = 'call_not_possible';
const now = () => setup.service.clock.now();

describe('numbers of agents and our own', () => {
  test("no agent's number is called as a visitor, whatever its format", async () => {
    for (const phone of Object.values(setup.world.phones))
      expect(await setup.attempt({ phone })).toBe(refused);
    await setup.service.ctx.sql`
      update agents set phone = '00381 (64) 111-20-09' where id = ${Number(setup.world.agents.milan)}`;
    expect(await setup.attempt({ phone: '+381641112009' })).toBe(refused);
    expect(await setup.attempt({ phone: '+381641112001' })).toBe('admitted');
    await setup.service.ctx.sql`
      update agents set phone = ${setup.world.phones.milan} where id = ${Number(setup.world.agents.milan)}`;
  });

  test('our own number is refused', async () => {
    expect(await setup.attempt({ phone: account.TWILIO_FROM })).toBe(refused);
  });
});

describe('people who opted out', () => {
  test('a number that opted out is never called again until it opts in', async () => {
    const { ctx } = setup.service;
    const phone = setup.newPhone();
    await admission.recordConsent(ctx.db, ctx, setup.buyerId, phone, now());
    expect(await setup.attempt({ phone })).toBe('confirmed');
    await ctx.db.transaction((tx) => admission.optOut(tx, ctx, phone, now()));
    for (const purpose of ['call', 'ask_back', 'call_back'] as const) {
      expect(await setup.attempt({ phone, purpose, buyerId: await addBuyer(ctx.db) })).toBe(refused);
    }
    expect(await setup.attempt()).toBe('admitted');
    expect(await admission.optIn(ctx.db, ctx, phone, now())).toBe(true);
    expect(await admission.optIn(ctx.db, ctx, phone, now())).toBe(false);
    // The earlier consent is gone.
    expect(await setup.attempt({ phone })).toBe('admitted');
  });

  test('the opt-out list does not hold the number', async () => {
    const { ctx } = setup.service;
    const phone = setup.newPhone();
    await ctx.db.transaction((tx) => admission.optOut(tx, ctx, phone, now()));
    const [row] = await ctx.sql`select encode(phone_hash, 'escape') as held from phone_opt_outs`;
    expect(row?.held).not.toContain(phone.slice(-6));
    const kept = await ctx.sql<{ text: string }[]>`select payload::text as text from events`;
    expect(kept.map(({ text }) => text).join()).not.toContain(phone.slice(-6));
  });
});

describe('a consent', () => {
  test('a consent is for one browser and one number, for ninety days', async () => {
    const { ctx } = setup.service;
    const phone = setup.newPhone();
    await admission.recordConsent(ctx.db, ctx, setup.buyerId, phone, now());
    expect(await setup.attempt({ phone })).toBe('confirmed');
    expect(await setup.attempt()).toBe('admitted');
    expect(await setup.attempt({ phone, buyerId: await addBuyer(ctx.db) })).toBe('admitted');
    setup.service.clock.advance(90 * 864e5);
    expect(await setup.attempt({ phone })).toBe('admitted');
  });
});

test("a number in another buyer's call is refused", async () => {
  const phone = setup.newPhone();
  const buyerId = await addBuyer(setup.service.ctx.db);
  await setup.addLive({ phone, buyerId });
  expect(await setup.attempt({ phone })).toBe(refused);
  expect(await setup.attempt({ phone, buyerId })).toBe('admitted');
});

describe('opaque refusals', () => {
  test('every reason against a number gives the same answer and the same statements', async () => {
    const { ctx } = setup.service;
    const [optedOut, used, asked] = [setup.newPhone(), setup.newPhone(), setup.newPhone()];
    await ctx.db.transaction((tx) => admission.optOut(tx, ctx, optedOut, now()));
    const ask = async (phone: string, offerId = setup.world.offers.sensorSever) => {
      const browser = setup.service.visitor();
      await browser.get('/api/solutions/current');
      const wantedAt = new Date(now().getTime() + 36e5).toISOString();
      let reply = { status: 0, headers: new Headers(), body: null as unknown };
      const statements = await setup.service.countStatements(async () => {
        reply = await browser.post('/api/call-backs', { offerId, kind: 'sales', phone, wantedAt });
      });
      return { ...reply, statements };
    };
    const { sensorBrandt, sensorWisla } = setup.world.offers;
    expect((await ask(asked)).status).toBe(201);
    for (const offer of [sensorBrandt, sensorWisla]) expect((await ask(used, offer)).status).toBe(201);
    const replies = [];
    const bad = ['+33899123456', '+18765551234', '+870773111632', '+420111222333', setup.world.phones.katrin];
    for (const phone of [...bad, account.TWILIO_FROM, optedOut, used, asked]) replies.push(await ask(phone));
    expect([...new Set(replies.map(({ status, body }) => `${status} ${JSON.stringify(body)}`))]).toEqual([
      expect.stringMatching(/^422 .*"errors":\[\{"path":"phone","code":"call_not_possible"/),
    ]);
    const headers = replies.map((reply) =>
      JSON.stringify([...reply.headers].filter(([name]) => name !== 'date').toSorted()),
    );
    expect(new Set(headers).size).toBe(1);
    // The last two are refused only after the request was inserted.
    expect(new Set(replies.slice(0, -2).map(({ statements }) => statements)).size).toBe(1);
    expect((await ask(setup.newPhone())).status).toBe(201);
  });

  test('the refusal of a call reveals none of these reasons', async () => {
    const { ctx } = setup.service;
    const [optedOut, used, busy] = [setup.newPhone(), setup.newPhone(), setup.newPhone()];
    await ctx.db.transaction((tx) => admission.optOut(tx, ctx, optedOut, now()));
    for (let i = 0; i < 2; i += 1) expect(await setup.attempt({ phone: used })).toBe('admitted');
    await setup.addLive({ phone: busy });
    const replies: string[] = [];
    const statements = new Set<number>();
    const bad = ['+33899123456', '+18765551234', '+870773111632', '+420111222333', setup.world.phones.milan];
    for (const phone of [...bad, account.TWILIO_FROM, optedOut, busy, used]) {
      const browser = setup.service.visitor();
      await browser.get('/api/solutions/current');
      const body = { offerId: setup.world.offers.sensorSever, kind: 'sales', phone };
      const count = await setup.service.countStatements(async () => {
        const reply = await browser.post('/api/calls', body);
        replies.push(`${reply.status} ${JSON.stringify(reply.body)}`);
        expect(reply.headers.getSetCookie()).toEqual([]);
      });
      if (phone !== used) statements.add(count);
    }
    expect([...new Set(replies)]).toEqual([expect.stringMatching(/^422 .*"code":"call_not_possible"/)]);
    expect(statements.size).toBe(1);
  });

  test('operators can read the reason, never the number', async () => {
    await setup.attempt({ phone: '+33899123456' });
    await setup.attempt({ phone: '+18765551234' });
    await setup.attempt({ phone: '+870773111632' });
    await setup.attempt({ phone: setup.world.phones.milan });
    const known = await refusals(setup.service);
    expect(known.map(({ reason, country }) => [reason, country])).toEqual([
      ['type', 'FR'],
      ['country', 'JM'],
      ['country', null],
      ['agent', 'RS'],
    ]);
    const text = known.map((one) => one.text).join();
    expect(text).not.toMatch(/899123456|8765551234|870773111632|641112001/);
  });
});
