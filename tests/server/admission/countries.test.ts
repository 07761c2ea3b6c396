import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import { addCall, addBuyer } from '../desk/desks.ts';
import { refusals, type Stand, stand } from './admitting.ts';

let s: Stand;
beforeAll(async () => {
  s = await stand({ CALL_DAILY_BUDGET: '1000' });
});
afterAll(() => s.service.end());
afterEach(async () => {
  await s.service.ctx.sql`truncate call_legs, calls, country_closings, limit_counters, events cascade`;
});

const now = () => s.service.clock.now();
const hours = (count: number) => s.service.clock.advance(count * 36e5);
const addressOf = (n: number) => Buffer.alloc(32, n + 1);

interface Who {
  address?: number;
  buyerId?: string;
  phone?: string;
  callBackId?: string;
}

/** A call that rang a Czech phone, by default another's each time: other visitor, address and number. */
let others = 0;
async function ring(outcome: 'completed' | 'visitor_no_answer' | 'visitor_unconfirmed', who: Who = {}) {
  const about = { vendorId: s.world.vendors.sever, offerId: s.world.offers.sensorSever, at: now() };
  const { address = (others += 1) % 250, phone = s.phone(), ...rest } = who;
  const over = { state: 'closed', endedAt: now(), answeredAt: now(), outcome } as const;
  await addCall(s.service.ctx.db, about, { ...over, ...rest, phone, addressHash: addressOf(address) }, []);
}
async function many(count: number, ...args: Parameters<typeof ring>) {
  for (let i = 0; i < count; i += 1) await ring(...args);
}
const attempt = () => s.attempt();
const refused = 'call_not_possible';
const closed = async () =>
  (await admission.callingStatus(s.service.ctx.db, s.service.config.calling, now())).closedCountries;

describe('a country where nobody answers', () => {
  test('a country is closed one past the configured share, of at least twenty calls', async () => {
    await many(19, 'visitor_no_answer');
    expect(await attempt()).toBe('admitted');
    await many(12, 'completed');
    await many(0, 'visitor_no_answer');
    // 19 of 31 are 61 %.
    expect(await attempt()).toBe(refused);
    await s.service.ctx.sql`truncate country_closings`;
    await ring('completed');
    // 19 of 32 are 59 %.
    expect(await attempt()).toBe('admitted');
    await ring('visitor_unconfirmed');
    // 20 of 33 are 60.6 %.
    expect(await attempt()).toBe(refused);
    expect(await s.attempt({ phone: '+381601234567' })).toBe('admitted');
  });

  test('nineteen calls are too few to close a country, twenty are enough', async () => {
    await many(19, 'visitor_no_answer');
    expect(await attempt()).toBe('admitted');
    await ring('visitor_no_answer');
    expect(await attempt()).toBe(refused);
  });

  test('a closed country is called again an hour later, then checked again, and closed longer each time within a week', async () => {
    for (const length of [1, 2, 4, 8, 16, 24, 24]) {
      await many(20, 'visitor_no_answer');
      expect(await attempt()).toBe(refused);
      hours(length - 0.01);
      expect(await attempt()).toBe(refused);
      hours(0.02);
      expect(await attempt()).toBe('admitted');
      await many(19, 'visitor_no_answer');
      expect(await attempt()).toBe('admitted');
      await s.service.ctx.sql`truncate call_legs, calls cascade`;
    }
    hours(8 * 24);
    await many(20, 'visitor_no_answer');
    expect(await attempt()).toBe(refused);
    hours(1.01);
    expect(await attempt()).toBe('admitted');
  });

  test("calls of more than a day ago don't count", async () => {
    await many(20, 'visitor_no_answer');
    hours(24.01);
    expect(await attempt()).toBe('admitted');
  });

  test('a country is closed once, however many callers, and the closure is recorded', async () => {
    await many(20, 'visitor_no_answer');
    const results = await Promise.all(Array.from({ length: 6 }, attempt));
    expect(new Set(results)).toEqual(new Set([refused]));
    expect(await closed()).toEqual([{ country: 'CZ', until: expect.any(Date) }]);
    const { sql } = s.service.ctx;
    expect(
      await sql`select payload ->> 'country' as country from events where name = 'calling.country_closed'`,
    ).toEqual([{ country: 'CZ' }]);
    expect(await attempt()).toBe(refused);
    const reasons = (await refusals(s.service)).map(({ reason }) => reason);
    expect(reasons[0]).toBe('country_unanswered');
    expect(reasons.at(-1)).toBe('country_closed');
    const figures = await s.service.outsider().get<string>('/metrics');
    expect(figures.body).toContain('quoteline_country_closed{country="CZ"} 1');
  });

  test('an operator can open a country, which is checked from then on', async () => {
    const { db } = s.service.ctx;
    const open = () => db.transaction((tx) => admission.openCountry(tx, 'CZ', now()));
    expect(await open()).toBe(false);
    await many(20, 'visitor_no_answer');
    expect(await attempt()).toBe(refused);
    s.service.clock.advance(1_000);
    expect(await open()).toBe(true);
    expect(await open()).toBe(false);
    s.service.clock.advance(1_000);
    expect(await attempt()).toBe('admitted');
    expect(await closed()).toEqual([]);
  });
});

describe("a prankster can't close a country", () => {
  test("one address can't close a country with any number of visitors and numbers", async () => {
    await many(60, 'visitor_no_answer', { address: 1 });
    expect(await attempt()).toBe('admitted');
  });

  test("one visitor can't close a country from any number of addresses", async () => {
    const buyerId = await addBuyer(s.service.ctx.db);
    await many(60, 'visitor_no_answer', { buyerId });
    expect(await attempt()).toBe('admitted');
  });

  test("one number can't close a country from any number of browsers", async () => {
    await many(60, 'visitor_no_answer', { phone: s.phone() });
    expect(await attempt()).toBe('admitted');
  });

  test("six addresses can't close a country, seven can", async () => {
    for (let address = 1; address <= 6; address += 1) await many(10, 'visitor_no_answer', { address });
    expect(await attempt()).toBe('admitted');
    await many(2, 'visitor_no_answer', { address: 7 });
    expect(await attempt()).toBe(refused);
  });

  test("an agent whose customers don't answer can't close a country", async () => {
    const [callBack] = await s.service.ctx.sql<{ id: string }[]>`
      insert into call_backs (buyer_id, kind, vendor_id, offer_id, locale, wanted_at, status, status_at, created_at)
      values (${s.buyerId}, 'sales', ${Number(s.world.vendors.sever)}, ${Number(s.world.offers.sensorSever)}, 'en',
        now(), 'done', now(), now()) returning id`;
    await many(30, 'visitor_no_answer', { callBackId: callBack?.id ?? '' });
    expect(await attempt()).toBe('admitted');
  });

  test('a number that answered once counts as answered', async () => {
    const phones = Array.from({ length: 20 }, () => s.phone());
    for (const phone of phones) await ring('completed', { phone });
    for (const phone of phones) await ring('visitor_no_answer', { phone });
    expect(await attempt()).toBe('admitted');
  });
});

test('a call stores its client address as a keyed hash', async () => {
  const seen: (Buffer | null)[] = [];
  const keep = async (address: string | null) => {
    const about = {
      phone: s.phone(),
      address,
      buyerId: s.buyerId,
      vendorId: Number(s.world.vendors.sever),
    };
    await admission.withAdmission(s.service.ctx, { purpose: 'call', ...about }, async (_tx, admit) => {
      const { addressHash } = await admit();
      seen.push(addressHash);
    });
  };
  for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2', null]) await keep(address);
  expect(seen[0]).toHaveLength(32);
  expect(seen[0]?.equals(seen[1] ?? Buffer.alloc(0))).toBe(true);
  expect(seen[0]?.equals(seen[2] ?? Buffer.alloc(0))).toBe(false);
  expect(seen[3]).toBeNull();
});
