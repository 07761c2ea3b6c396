import { describe, expect, test } from 'vitest';
import { createPriceOrder } from '#server/catalog/price-order.ts';
import { keepDay } from '#server/rates/service.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();
const { db, sql } = service.ctx;

const get = (path: string, headers: Record<string, string> = {}) =>
  service.outsider().request('GET', path, undefined, headers);
const sensor = `/api/products/${world.products.sensor}`;
const pricesOf = (body: { offers: { price: { amount: string; about?: unknown } }[] }) =>
  body.offers.map(({ price }) => price.about);

describe('prices in another currency', () => {
  test('each price says what it is about in the currency asked for, by rates of a day', async () => {
    const { body } = await get(`${sensor}?currency=EUR`);
    expect(pricesOf(body)).toEqual([
      { amount: '37.65', currency: 'EUR', date: '2025-11-21' },
      { amount: '38.40', currency: 'EUR', date: '2025-11-21' },
      { amount: '38.50', currency: 'EUR', date: service.clock.now().toISOString().slice(0, 10) },
    ]);
    // Its own price stays what the vendor asks.
    expect(body.offers[0].price).toMatchObject({ amount: '160.00', currency: 'PLN' });
    expect(body.offers[2].priceBreaks[1].price).toMatchObject({
      amount: '35.00',
      about: { amount: '35.00' },
    });
    expect(body.conversion).toMatchObject({ currency: 'EUR', date: '2025-11-21' });
    expect(body.conversion.oldBefore > '2025-11-21').toBe(true);
    const found = await get('/api/products?q=sensor m12&currency=RSD');
    expect(pricesOf(found.body.items[0])[2]).toEqual({
      amount: '4512.20',
      currency: 'RSD',
      date: '2025-11-21',
    });
  });

  test('prices below one keep four places, and a price without a rate says nothing', async () => {
    const { body } = await get(`/api/products/${world.products.cable}?currency=PLN`);
    expect(pricesOf(body)[0]).toMatchObject({ amount: '0.0786', currency: 'PLN' });
    expect(pricesOf((await get(`${sensor}?currency=CHF`)).body)).toEqual([undefined, undefined, undefined]);
  });

  test("the visitor's choice counts without a parameter, else the country of the reader's language", async () => {
    const inWhat = async (headers: Record<string, string>) =>
      (await get(sensor, headers)).body.conversion?.currency ?? null;
    expect(await inWhat({})).toBeNull();
    expect(await inWhat({ cookie: 'currency=PLN' })).toBe('PLN');
    expect(await inWhat({ 'accept-language': 'sr-Latn-RS,sr;q=0.9' })).toBe('RSD');
    expect(await inWhat({ 'accept-language': 'de-AT' })).toBe('EUR');
    // American English is the setting of browsers everywhere.
    expect(await inWhat({ 'accept-language': 'en-US,en;q=0.9' })).toBeNull();
    expect(await inWhat({ cookie: 'currency=listed', 'accept-language': 'sr' })).toBeNull();
    expect(await inWhat({ cookie: 'currency=XXX', 'accept-language': 'sr' })).toBe('RSD');
  });

  test('products are sorted by their price at the newest rates, once those are stored', async () => {
    const sorted = async () =>
      (await get('/api/products?sort=price_asc&currency=RSD')).body.items.map(
        ({ code }: { code: string }) => code,
      );
    const refresh = createPriceOrder(service.ctx);
    expect(await refresh()).toBe(true);
    expect(await refresh()).toBe(false);
    expect(await sorted()).toEqual(['CAB-5', 'RLY-9', '6ES-100', 'MOT-7', 'SRV-1']);
    const [before] = await sql`select updated_at from products where id = ${world.products.sensor}`;
    const date = service.clock.now().toISOString().slice(0, 10);
    // The zloty falls by a fifth less a little each day, until the Polish sensor costs less than the relay.
    let rate = 4.25;
    for (let days = 9; days >= 0; days -= 1) {
      rate *= 1.19;
      const day = new Date(Date.parse(date) - days * 86_400_000).toISOString().slice(0, 10);
      await keepDay(service.ctx, { source: 'test', date: day, rates: new Map([['PLN', rate.toFixed(4)]]) });
    }
    expect(await refresh()).toBe(true);
    expect(await sorted()).toEqual(['CAB-5', '6ES-100', 'RLY-9', 'MOT-7', 'SRV-1']);
    const [after] =
      await sql`select updated_at, sort_price from products where id = ${world.products.sensor}`;
    expect(after?.updated_at).toEqual(before?.updated_at);
    const cheapest = (await get(`${sensor}?currency=EUR`)).body.offers[0].price.about.amount;
    expect(Number(after?.sort_price)).toBeCloseTo(Number(cheapest), 2);
  });

  test('a price range scans the index of prices, currency by currency', async () => {
    await db.transaction(async (tx) => {
      await tx.execute('set local enable_seqscan = off');
      const plan = await tx.execute<{ 'QUERY PLAN': string }>(
        `explain select product_id from live_offers o where (o.currency = 'EUR' and o.price >= 1 and o.price <= 20)
          or (o.currency = 'RSD' and o.price >= 117.2 and o.price <= 2344)`,
      );
      expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('live_offers_by_price');
    });
  });
});
