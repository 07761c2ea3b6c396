import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expireCallBacks } from '#server/call-backs/jobs.ts';
import type { Client } from '../../harness.ts';
import { type Stand, stand } from '../admission/admitting.ts';

let s: Stand;
beforeAll(async () => {
  s = await stand({ LIMIT_CALLS_PER_ADDRESS_TEN_MINUTES: '1000', LIMIT_CALLS_PER_ADDRESS_DAY: '1000' });
});
afterAll(() => s.service.end());
afterEach(async () => {
  await s.service.drain();
  await s.service.ctx.sql`truncate call_backs, limit_counters, events cascade`;
});

const hours = (count: number) => new Date(s.service.clock.now().getTime() + count * 36e5).toISOString();

function ask(browser: Client, about: object = {}, headers: Record<string, string> = {}) {
  const body = { offerId: s.world.offers.sensorSever, kind: 'sales', phone: '+420 601 123 456', ...about };
  return browser.post('/api/call-backs', { wantedAt: hours(2), note: 'About M12', ...body }, headers);
}

const open = async (): Promise<number> => {
  const [row] = await s.service.ctx.sql`select count(*)::int as n from call_backs where status = 'open'`;
  return row?.n as number;
};

describe('asking to be called back', () => {
  test('a call-back request is returned and listed for its browser alone', async () => {
    const browser = s.service.visitor();
    const wantedAt = hours(3);
    const asked = await ask(browser, { wantedAt, name: 'Jana' });
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({
      ...{ kind: 'sales', status: 'open', phone: '+420601123456', wantedAt, note: 'About M12' },
      vendor: { id: s.world.vendors.sever, name: 'Elektro Sever', slug: 'sever', rating: null },
      offerId: s.world.offers.sensorSever,
      product: { id: s.world.products.sensor, slug: 'inductive-sensor-m12-pnp', code: '6ES-100' },
    });
    expect((await browser.get('/api/call-backs')).body).toEqual({
      ...{ items: [asked.body], total: 1, page: 1, perPage: 20 },
    });
    expect((await s.service.visitor().get('/api/call-backs')).body.items).toEqual([]);
  });

  test('a second request for the same vendor and number changes the time of the first', async () => {
    const browser = s.service.visitor();
    const first = (await ask(browser)).body;
    const again = await ask(browser, { wantedAt: hours(5), note: 'Rather later' });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ id: first.id, note: 'Rather later', status: 'open' });
    expect(again.body.wantedAt > first.wantedAt).toBe(true);
    expect((await ask(browser, { offerId: s.world.offers.sensorBrandt })).status).toBe(201);
    expect(await open()).toBe(2);
  });

  test('two concurrent requests are one', async () => {
    const browser = s.service.visitor();
    await browser.get('/api/solutions/current');
    const replies = await Promise.all(Array.from({ length: 4 }, () => ask(browser)));
    expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1);
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 201]);
    expect(await open()).toBe(1);
  });

  test('a number that somebody else requested is refused like any other', async () => {
    await ask(s.service.visitor());
    const other = await ask(s.service.visitor());
    expect([other.status, other.body.code]).toEqual([422, 'call_not_possible']);
    expect((await ask(s.service.visitor(), { phone: '+33899123456' })).body).toEqual(other.body);
  });

  test.each([
    ['the past', -1, 422],
    ['now, by a clock that is a little slow', -0.05, 201],
    ['the last hour of the days on offer', 14 * 24 - 0.1, 201],
    ['after them', 14 * 24 + 0.1, 422],
  ])('for %s', async (_name, ahead, status) => {
    const reply = await ask(s.service.visitor(), { wantedAt: hours(ahead) });
    expect(reply.status).toBe(status);
    if (status === 422) {
      expect(reply.body.errors).toEqual([
        { path: 'wantedAt', code: 'time_not_ahead', message: expect.any(String) },
      ]);
    }
  });

  test('unreadable and unknown input is named', async () => {
    const browser = s.service.visitor();
    const of = async (about: object) => {
      const { status, body } = await ask(browser, about);
      return `${status} ${body.code}`;
    };
    expect(await of({ phone: '601 123 456' })).toBe('422 phone_not_valid');
    expect(await of({ offerId: '999999' })).toBe('404 not_found');
    expect(await of({ offerId: 'x' })).toBe('404 not_found');
    expect(await of({ kind: 'support' })).toBe('409 nobody_free');
    expect(await of({ kind: 'neither' })).toBe('422 invalid_input');
    expect(await open()).toBe(0);
  });

  test("a request is refused when no agent's number may be called", async () => {
    const { sql } = s.service.ctx;
    const vendorId = Number(s.world.vendors.sever);
    await sql`update agents set callable = false where vendor_id = ${vendorId}`;
    const refused = await ask(s.service.visitor());
    await sql`update agents set callable = true where vendor_id = ${vendorId}`;
    expect([refused.status, refused.body.code]).toEqual([409, 'nobody_free']);
    expect(await open()).toBe(0);
  });

  test('call-back requests count for the client address', async () => {
    const { calling } = s.service.ctx.config;
    const { perAddress } = calling;
    calling.perAddress = { tenMinutes: 2, day: 2 };
    const results = [];
    for (let i = 0; i < 3; i += 1)
      results.push((await ask(s.service.visitor(), { phone: s.phone() })).status);
    calling.perAddress = perAddress;
    expect(results).toEqual([201, 201, 429]);
  });
});

test('a number may request call-backs of a limited number of vendors, each changed as often as wished', async () => {
  const browser = s.service.visitor();
  const { calling } = s.service.ctx.config;
  const { perNumber } = calling;
  calling.perNumber = { tenMinutes: 2, day: 10 };
  const { sensorSever, sensorBrandt, sensorWisla } = s.world.offers;
  const results = [];
  for (const offerId of [sensorSever, sensorBrandt, sensorBrandt, sensorSever, sensorWisla]) {
    results.push((await ask(browser, { offerId })).status);
  }
  expect(results).toEqual([201, 201, 200, 200, 422]);
  s.service.clock.advance(600_000);
  expect((await ask(browser, { offerId: sensorWisla })).status).toBe(201);
  calling.perNumber = perNumber;
});

describe('forged and repeated requests', () => {
  test('another site cannot ask in the name of a browser, nor a program without an origin', async () => {
    const browser = s.service.visitor();
    await browser.get('/api/solutions/current');
    expect((await ask(browser, {}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(s.service.outsider())).status).toBe(403);
    expect(await open()).toBe(0);
  });

  test('the same key and body is the same request, the same key with another body is refused', async () => {
    const browser = s.service.visitor();
    await browser.get('/api/solutions/current');
    const wantedAt = hours(2);
    const key = { 'idempotency-key': 'k1' };
    const replies = await Promise.all([1, 2, 3].map(() => ask(browser, { wantedAt }, key)));
    expect(new Set(replies.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    for (const other of [{ phone: '+420601123457' }, { note: 'Else' }, { wantedAt: hours(4) }]) {
      const { status, body } = await ask(browser, { wantedAt, ...other }, key);
      expect([status, body.code]).toEqual([422, 'idempotency_key_reused']);
    }
    expect((await ask(s.service.visitor(), { phone: s.phone() }, key)).status).toBe(201);
  });
});

describe('a request', () => {
  test('cancelling is idempotent, and another request can follow', async () => {
    const browser = s.service.visitor();
    const { id } = (await ask(browser)).body;
    expect((await s.service.visitor().delete(`/api/call-backs/${id}`)).status).toBe(404);
    expect((await browser.delete(`/api/call-backs/${id}`)).status).toBe(204);
    expect((await browser.delete(`/api/call-backs/${id}`)).status).toBe(204);
    expect((await browser.get('/api/call-backs')).body.items[0].status).toBe('cancelled');
    expect((await ask(browser)).status).toBe(201);
  });

  test('an open request expires two weeks after its time', async () => {
    const browser = s.service.visitor();
    await ask(browser, { wantedAt: hours(24) });
    const status = async () => (await browser.get('/api/call-backs')).body.items[0].status;
    const tend = async () => {
      const { ctx } = s.service;
      await ctx.db.transaction((tx) => ctx.jobs.enqueue(tx, expireCallBacks, [{}]));
      await s.service.drain();
    };
    s.service.clock.advance(15 * 24 * 36e5 - 60_000);
    await tend();
    expect(await status()).toBe('open');
    s.service.clock.advance(120_000);
    await tend();
    expect(await status()).toBe('expired');
    const { id } = (await browser.get('/api/call-backs')).body.items[0];
    const closed = await browser.delete(`/api/call-backs/${id}`);
    expect([closed.status, closed.body.code]).toEqual([409, 'call_back_closed']);
  });
});
