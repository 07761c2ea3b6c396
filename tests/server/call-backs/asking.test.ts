import { afterEach, describe, expect, test } from 'vitest';
import { expireCallBacks } from '#server/call-backs/jobs.ts';
import type { Client } from '../../harness.ts';
import { setUpAdmission } from '../admission/setup.ts';

const setup = await setUpAdmission({
  LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000',
  LIMIT_CALLS_PER_ADDRESS_DAY: '1000',
});
afterEach(async () => {
  await setup.service.drain();
  await setup.service.ctx.sql`truncate call_backs, limit_counters, events cascade`;
});

const hours = (count: number) => new Date(setup.service.clock.now().getTime() + count * 36e5).toISOString();

function requestCallBack(browser: Client, about: object = {}, headers: Record<string, string> = {}) {
  const body = {
    offerId: setup.world.offers.sensorSever,
    kind: 'sales',
    phone: '+420 601 123 456',
    ...about,
  };
  return browser.post('/api/call-backs', { wantedAt: hours(2), note: 'About M12', ...body }, headers);
}

const countOpen = async (): Promise<number> => {
  const [row] = await setup.service.ctx.sql`select count(*)::int as n from call_backs where status = 'open'`;
  return row?.n as number;
};

describe('requesting a call-back', () => {
  test('a call-back request is returned and listed for its browser alone', async () => {
    const browser = setup.service.visitor();
    const wantedAt = hours(3);
    const asked = await requestCallBack(browser, { wantedAt, name: 'Jana' });
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      ...{ kind: 'sales', status: 'open', phone: '+420601123456', wantedAt, note: 'About M12' },
      vendor: { id: setup.world.vendors.sever, name: 'Elektro Sever', slug: 'sever', rating: null },
      offerId: setup.world.offers.sensorSever,
      product: { id: setup.world.products.sensor, slug: 'inductive-sensor-m12-pnp', code: '6ES-100' },
    });
    expect((await browser.get('/api/call-backs')).body).toEqual({
      ...{ items: [asked.body], total: 1, page: 1, perPage: 20 },
    });
    expect((await setup.service.visitor().get('/api/call-backs')).body.items).toEqual([]);
  });

  test('a second request for the same vendor and number changes the time of the first', async () => {
    const browser = setup.service.visitor();
    const first = (await requestCallBack(browser)).body;
    const again = await requestCallBack(browser, { wantedAt: hours(5), note: 'Rather later' });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: first.id, note: 'Rather later', status: 'open' });
    expect(again.body.wantedAt > first.wantedAt).toBe(true);
    expect((await requestCallBack(browser, { offerId: setup.world.offers.sensorBrandt })).status).toBe(201);
    expect(await countOpen()).toBe(2);
  });

  test('four concurrent requests make one call-back', async () => {
    const browser = setup.service.visitor();
    await browser.get('/api/solutions/current');
    const replies = await Promise.all(Array.from({ length: 4 }, () => requestCallBack(browser)));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
    expect(await countOpen()).toBe(1);
  });

  test('a number that somebody else has requested is refused like a number that is never called', async () => {
    await requestCallBack(setup.service.visitor());
    const other = await requestCallBack(setup.service.visitor());
    expect([other.status, other.body.code]).toEqual([422, 'call_not_possible']);
    expect((await requestCallBack(setup.service.visitor(), { phone: '+33899123456' })).body).toEqual(
      other.body,
    );
  });

  test.each([
    ['the past', -1, 422],
    ['now, by a clock that is a little slow', -0.05, 201],
    ['the last hour of the days on offer', 14 * 24 - 0.1, 201],
    ['a time after those days', 14 * 24 + 0.1, 422],
  ])('a call-back for %s (%d hours ahead) gets %i', async (_name, ahead, status) => {
    const reply = await requestCallBack(setup.service.visitor(), { wantedAt: hours(ahead) });
    expect(reply.status).toBe(status);
    if (status === 422) {
      expect(reply.body.errors).toEqual([
        { path: 'wantedAt', code: 'time_not_ahead', message: expect.any(String) },
      ]);
    }
  });

  test('unreadable and unknown input is refused with its code', async () => {
    const browser = setup.service.visitor();
    const of = async (about: object) => {
      const { status, body } = await requestCallBack(browser, about);
      return `${status} ${body.code}`;
    };
    expect(await of({ phone: '601 123 456' })).toBe('422 phone_not_valid');
    expect(await of({ offerId: '999999' })).toBe('404 not_found');
    expect(await of({ offerId: 'x' })).toBe('404 not_found');
    expect(await of({ kind: 'support' })).toBe('409 nobody_free');
    expect(await of({ kind: 'neither' })).toBe('422 invalid_input');
    expect(await countOpen()).toBe(0);
  });

  test("a request is refused when no agent's number may be called", async () => {
    const { sql } = setup.service.ctx;
    const vendorId = Number(setup.world.vendors.sever);
    await sql`update agents set callable = false where vendor_id = ${vendorId}`;
    const refused = await requestCallBack(setup.service.visitor());
    await sql`update agents set callable = true where vendor_id = ${vendorId}`;
    expect([refused.status, refused.body.code]).toEqual([409, 'nobody_free']);
    expect(await countOpen()).toBe(0);
  });

  test('call-back requests count towards the limit of the IP address', async () => {
    const { calling } = setup.service.ctx.config;
    const { perAddress } = calling;
    calling.perAddress = { tenMinutes: 2, day: 2 };
    const results = [];
    for (let i = 0; i < 3; i += 1)
      results.push((await requestCallBack(setup.service.visitor(), { phone: setup.newPhone() })).status);
    calling.perAddress = perAddress;
    expect(results).toEqual([201, 201, 429]);
  });
});

test('a number may request call-backs of a limited number of vendors, each changed as often as wished', async () => {
  const browser = setup.service.visitor();
  const { calling } = setup.service.ctx.config;
  const { perNumber } = calling;
  calling.perNumber = { tenMinutes: 2, day: 10 };
  const { sensorSever, sensorBrandt, sensorWisla } = setup.world.offers;
  const results = [];
  for (const offerId of [sensorSever, sensorBrandt, sensorBrandt, sensorSever, sensorWisla]) {
    results.push((await requestCallBack(browser, { offerId })).status);
  }
  expect(results).toEqual([201, 201, 200, 200, 422]);
  setup.service.clock.advance(600_000);
  expect((await requestCallBack(browser, { offerId: sensorWisla })).status).toBe(201);
  calling.perNumber = perNumber;
});

describe('forged and repeated requests', () => {
  test('another site cannot request a call-back for a browser, nor can a program without an origin', async () => {
    const browser = setup.service.visitor();
    await browser.get('/api/solutions/current');
    expect((await requestCallBack(browser, {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await requestCallBack(setup.service.outsider())).status).toBe(403);
    expect(await countOpen()).toBe(0);
  });

  test('the same key and body is the same request, the same key with another body is refused', async () => {
    const browser = setup.service.visitor();
    await browser.get('/api/solutions/current');
    const wantedAt = hours(2);
    const key = { 'idempotency-key': 'k1' };
    const replies = await Promise.all([1, 2, 3].map(() => requestCallBack(browser, { wantedAt }, key)));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    for (const other of [{ phone: '+420601123457' }, { note: 'Else' }, { wantedAt: hours(4) }]) {
      const { status, body } = await requestCallBack(browser, { wantedAt, ...other }, key);
      expect([status, body.code]).toEqual([422, 'idempotency_key_reused']);
    }
    expect((await requestCallBack(setup.service.visitor(), { phone: setup.newPhone() }, key)).status).toBe(
      201,
    );
  });
});

describe('a call-back request', () => {
  test('cancelling is idempotent, and another request can follow', async () => {
    const browser = setup.service.visitor();
    const { id } = (await requestCallBack(browser)).body;
    expect((await setup.service.visitor().delete(`/api/call-backs/${id}`)).status).toBe(404);
    expect((await browser.delete(`/api/call-backs/${id}`)).status).toBe(204);
    expect((await browser.delete(`/api/call-backs/${id}`)).status).toBe(204);
    expect((await browser.get('/api/call-backs')).body.items[0].status).toBe('cancelled');
    expect((await requestCallBack(browser)).status).toBe(201);
  });

  test('an open request expires two weeks after its time', async () => {
    const browser = setup.service.visitor();
    await requestCallBack(browser, { wantedAt: hours(24) });
    const status = async () => (await browser.get('/api/call-backs')).body.items[0].status;
    const endExpired = async () => {
      const { ctx } = setup.service;
      await ctx.db.transaction((tx) => ctx.jobs.enqueue(tx, expireCallBacks, [{}]));
      await setup.service.drain();
    };
    setup.service.clock.advance(15 * 24 * 36e5 - 60_000);
    await endExpired();
    expect(await status()).toBe('open');
    setup.service.clock.advance(120_000);
    await endExpired();
    expect(await status()).toBe('expired');
    const { id } = (await browser.get('/api/call-backs')).body.items[0];
    const closed = await browser.delete(`/api/call-backs/${id}`);
    expect([closed.status, closed.body.code]).toEqual([409, 'call_back_closed']);
  });
});
