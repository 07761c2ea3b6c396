import { afterEach, describe, expect, test } from 'vitest';
import * as admission from '#server/admission/service.ts';
import { addCall, addBuyer } from '../desk/desks.ts';
import { refusals, setUpAdmission } from './setup.ts';

const setup = await setUpAdmission({ CALL_DAILY_BUDGET: '1000' });
afterEach(async () => {
  await setup.service.ctx.sql`truncate call_legs, calls, country_closings, limit_counters, events cascade`;
});

const now = () => setup.service.clock.now();
const hours = (count: number) => setup.service.clock.advance(count * 36e5);
const addressOf = (n: number) => Buffer.alloc(32, n + 1);

interface CallOf {
  address?: number;
  buyerId?: string;
  phone?: string;
  callBackId?: string;
}

let addresses = 0;
/** Adds an ended call to a Czech phone, by default with a visitor, an IP address and a number of its own. */
async function addEndedCall(
  outcome: 'completed' | 'visitor_no_answer' | 'visitor_unconfirmed',
  of: CallOf = {},
) {
  const about = { vendorId: setup.world.vendors.sever, offerId: setup.world.offers.sensorSever, at: now() };
  const { address = (addresses += 1) % 250, phone = setup.newPhone(), ...rest } = of;
  const over = { state: 'closed', endedAt: now(), answeredAt: now(), outcome } as const;
  await addCall(
    setup.service.ctx.db,
    about,
    { ...over, ...rest, phone, addressHash: addressOf(address) },
    [],
  );
}
async function addEndedCalls(count: number, ...args: Parameters<typeof addEndedCall>) {
  for (let i = 0; i < count; i += 1) await addEndedCall(...args);
}
const attempt = () => setup.attempt();
const refused = 'call_not_possible';
const closed = async () =>
  (await admission.callingStatus(setup.service.ctx.db, setup.service.config.calling, now())).closedCountries;

describe('a country where nobody answers', () => {
  test('a country is closed once more than the configured share of its calls is unanswered', async () => {
    await addEndedCalls(19, 'visitor_no_answer');
    expect(await attempt()).toBe('admitted');
    await addEndedCalls(12, 'completed');
    await addEndedCalls(0, 'visitor_no_answer');
    // 19 of 31 are 61 %.
    expect(await attempt()).toBe(refused);
    await setup.service.ctx.sql`truncate country_closings`;
    await addEndedCall('completed');
    // 19 of 32 are 59 %.
    expect(await attempt()).toBe('admitted');
    await addEndedCall('visitor_unconfirmed');
    // 20 of 33 are 60.6 %.
    expect(await attempt()).toBe(refused);
    expect(await setup.attempt({ phone: '+381601234567' })).toBe('admitted');
  });

  test('nineteen calls are too few to close a country, twenty are enough', async () => {
    await addEndedCalls(19, 'visitor_no_answer');
    expect(await attempt()).toBe('admitted');
    await addEndedCall('visitor_no_answer');
    expect(await attempt()).toBe(refused);
  });

  test('a closed country is called again an hour later, then checked again, and closed longer each time within a week', async () => {
    for (const length of [1, 2, 4, 8, 16, 24, 24]) {
      await addEndedCalls(20, 'visitor_no_answer');
      expect(await attempt()).toBe(refused);
      hours(length - 0.01);
      expect(await attempt()).toBe(refused);
      hours(0.02);
      expect(await attempt()).toBe('admitted');
      await addEndedCalls(19, 'visitor_no_answer');
      expect(await attempt()).toBe('admitted');
      await setup.service.ctx.sql`truncate call_legs, calls cascade`;
    }
    hours(8 * 24);
    await addEndedCalls(20, 'visitor_no_answer');
    expect(await attempt()).toBe(refused);
    hours(1.01);
    expect(await attempt()).toBe('admitted');
  });

  test("calls of more than a day ago don't count", async () => {
    await addEndedCalls(20, 'visitor_no_answer');
    hours(24.01);
    expect(await attempt()).toBe('admitted');
  });

  test('six attempts at once close a country once, and the closure is recorded', async () => {
    await addEndedCalls(20, 'visitor_no_answer');
    const results = await Promise.all(Array.from({ length: 6 }, attempt));
    expect(new Set(results)).toEqual(new Set([refused]));
    expect(await closed()).toEqual([{ country: 'CZ', until: expect.any(Date) }]);
    const { sql } = setup.service.ctx;
    expect(
      await sql`select payload ->> 'country' as country from events where name = 'calling.country_closed'`,
    ).toEqual([{ country: 'CZ' }]);
    expect(await attempt()).toBe(refused);
    const reasons = (await refusals(setup.service)).map(({ reason }) => reason);
    expect(reasons[0]).toBe('country_unanswered');
    expect(reasons.at(-1)).toBe('country_closed');
    const figures = await setup.service.outsider().get<string>('/metrics');
    expect(figures.body).toContain('quoteline_country_closed{country="CZ"} 1');
  });

  test('an operator can open a country, which is checked from then on', async () => {
    const { db } = setup.service.ctx;
    const open = () => db.transaction((tx) => admission.openCountry(tx, 'CZ', now()));
    expect(await open()).toBe(false);
    await addEndedCalls(20, 'visitor_no_answer');
    expect(await attempt()).toBe(refused);
    setup.service.clock.advance(1_000);
    expect(await open()).toBe(true);
    expect(await open()).toBe(false);
    setup.service.clock.advance(1_000);
    expect(await attempt()).toBe('admitted');
    expect(await closed()).toEqual([]);
  });
});

describe("a prankster can't close a country", () => {
  test("one address can't close a country with any number of visitors and numbers", async () => {
    await addEndedCalls(60, 'visitor_no_answer', { address: 1 });
    expect(await attempt()).toBe('admitted');
  });

  test("one visitor can't close a country from any number of addresses", async () => {
    const buyerId = await addBuyer(setup.service.ctx.db);
    await addEndedCalls(60, 'visitor_no_answer', { buyerId });
    expect(await attempt()).toBe('admitted');
  });

  test("one number can't close a country from any number of browsers", async () => {
    await addEndedCalls(60, 'visitor_no_answer', { phone: setup.newPhone() });
    expect(await attempt()).toBe('admitted');
  });

  test("six addresses can't close a country, seven can", async () => {
    for (let address = 1; address <= 6; address += 1)
      await addEndedCalls(10, 'visitor_no_answer', { address });
    expect(await attempt()).toBe('admitted');
    await addEndedCalls(2, 'visitor_no_answer', { address: 7 });
    expect(await attempt()).toBe(refused);
  });

  test("an agent whose customers don't answer can't close a country", async () => {
    const [callBack] = await setup.service.ctx.sql<{ id: string }[]>`
      insert into call_backs (buyer_id, kind, vendor_id, offer_id, locale, wanted_at, status, status_at, created_at)
      values (${setup.buyerId}, 'sales', ${Number(setup.world.vendors.sever)}, ${Number(setup.world.offers.sensorSever)}, 'en',
        now(), 'done', now(), now()) returning id`;
    await addEndedCalls(30, 'visitor_no_answer', { callBackId: callBack?.id ?? '' });
    expect(await attempt()).toBe('admitted');
  });

  test('a number that answered once counts as answered', async () => {
    const phones = Array.from({ length: 20 }, () => setup.newPhone());
    for (const phone of phones) await addEndedCall('completed', { phone });
    for (const phone of phones) await addEndedCall('visitor_no_answer', { phone });
    expect(await attempt()).toBe('admitted');
  });
});

test('a call stores its client address as a keyed hash', async () => {
  const seen: (Buffer | null)[] = [];
  const keep = async (address: string | null) => {
    const about = {
      phone: setup.newPhone(),
      address,
      buyerId: setup.buyerId,
      vendorId: Number(setup.world.vendors.sever),
    };
    await admission.withAdmission(setup.service.ctx, { purpose: 'call', ...about }, async (_tx, admit) => {
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
