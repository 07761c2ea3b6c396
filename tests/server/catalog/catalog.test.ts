import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import * as presence from '#server/presence/service.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';
import { shelve } from '../search/shelf.ts';

const { service, world } = await startWithWorld();
let visitor: Client;
beforeAll(async () => {
  visitor = service.visitor();
});

describe('a product', () => {
  test('a product shows every offer, the cheapest first by dated rates', async () => {
    const { status, body } = await visitor.get(`/api/products/${world.products.sensor}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: world.products.sensor,
      slug: 'inductive-sensor-m12-pnp',
      code: '6ES-100',
      kind: 'product',
      category: { name: 'Inductive sensors', slugPath: 'automation/sensing/proximity/inductive-sensors' },
    });
    expect(body.breadcrumbs.map((step: { name: string }) => step.name)).toEqual([
      'Automation',
      'Sensing',
      'Proximity',
      'Inductive sensors',
    ]);
    // 160 PLN at 4.25 is 37.65 EUR, 4500 RSD at 117.2 is 38.40 EUR, 38.50 EUR.
    expect(body.offers.map((offer: { price: unknown }) => offer.price)).toEqual([
      { amount: '160.00', currency: 'PLN' },
      { amount: '4500.00', currency: 'RSD' },
      { amount: '38.50', currency: 'EUR' },
    ]);
    expect(body.offers.map((offer: { availability: string }) => offer.availability)).toEqual([
      'out_of_stock',
      'in_stock',
      'in_stock',
    ]);
  });

  test('a product keeps prices below a cent, breaks, minimum and pack size', async () => {
    const { body } = await visitor.get(`/api/products/${world.products.cable}`);
    expect(body.offers[0]).toMatchObject({
      price: { amount: '0.0185', currency: 'EUR' },
      minimum: 100,
      packSize: 50,
      unit: 'metre',
      availability: 'in_stock',
    });
    expect(body.offers[1]).toMatchObject({ stock: null, availability: 'on_request' });
    const sensor = (await visitor.get(`/api/products/${world.products.sensor}`)).body;
    expect(sensor.offers[2].priceBreaks).toEqual([
      { quantity: 1, price: { amount: '38.50', currency: 'EUR' } },
      { quantity: 10, price: { amount: '35.00', currency: 'EUR' } },
    ]);
  });

  test('a price on request is null; a vendor without an address is not reachable', async () => {
    const service_ = (await visitor.get(`/api/products/${world.products.service}`)).body;
    expect(service_.offers[0]).toMatchObject({ price: null, availability: 'on_request', reachable: true });
    const relay = (await visitor.get(`/api/products/${world.products.relay}`)).body;
    expect(relay.offers[0]).toMatchObject({ reachable: false });
  });

  test("a product names each offer's agents with their current status, never their address or phone", async () => {
    const { body } = await visitor.get(`/api/products/${world.products.motor}`);
    const offline = { id: expect.any(String), vendorId: world.vendors.sever, status: 'offline', since: null };
    const worksFrom = expect.any(String);
    expect(body.offers[0].agents).toEqual([
      { ...offline, name: 'Milan Petrović', kind: 'sales', languages: ['en'], worksFrom },
      { ...offline, name: 'Ivana Kostić', kind: 'support', languages: ['en'], worksFrom },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/@|phone/);

    const until = new Date(service.clock.now().getTime() + 3_600_000).toISOString();
    const id = Number(body.offers[0].agents[0].id);
    await presence.declare(service.ctx, id, { status: 'available', until });
    const { body: later } = await visitor.get(`/api/products/${world.products.motor}`);
    expect(later.offers[0].agents.map(({ status }: { status: string }) => status)).toEqual([
      'available',
      'offline',
    ]);
  });

  test("a product shows the vendor's rating as average and count, or null without ratings", async () => {
    const { sever } = world.vendors;
    const ratings = async () => {
      const own = ({ vendor }: { vendor: { id: string } }) => vendor.id === sever;
      const line = { productId: world.products.motor, quantity: 1 };
      const buyer = service.visitor();
      await buyer.post('/api/solutions/current/lines', line);
      return {
        product: (await visitor.get(`/api/products/${world.products.motor}`)).body.offers.find(own).vendor
          .rating,
        related: (await visitor.get(`/api/products/${world.products.service}`)).body.related[0].offers[0]
          .vendor.rating,
        search: (await visitor.get('/api/products?q=MOT-7')).body.items[0].offers.find(own).vendor.rating,
        solution: (await buyer.get('/api/solutions/current')).body.lines[0].offers.find(own).vendor.rating,
        split: (await buyer.get('/api/solutions/current')).body.split.find(own).vendor.rating,
        vendor: (await visitor.get(`/api/vendors/${sever}`)).body.rating,
        vendors: (await visitor.get('/api/vendors')).body.items.find(({ id }: { id: string }) => id === sever)
          .rating,
      };
    };
    expect(Object.values(await ratings())).toEqual(Array(7).fill(null));
    await service.ctx.db.execute(
      sql`update vendors set rating_count = 3, rating_total = 15 where id = ${sever}::bigint`,
    );
    // (5 x 3.5 + 15) / (5 + 3) = 4.06
    expect(Object.values(await ratings())).toEqual(Array(7).fill({ average: 4.1, count: 3 }));
    await service.ctx.db.execute(sql`update vendors set rating_count = 0, rating_total = 0`);
  });

  test('a product lists related products of its subcategory, the most similar first', async () => {
    const [first, second] = await shelve(service.ctx.db, [
      { name: 'Upravljački kabl 7×0.75 mm²' },
      { name: 'Zener diode' },
    ]);
    const { body } = await visitor.get(`/api/products/${world.products.cable}`);
    expect(body.related.map((product: { id: string }) => product.id)).toEqual([first, second]);
  });

  test.each(['0', '999999999', 'abc', '1e3', '-1', '9223372036854775808', '1;drop', '%00', '01'])(
    'an unknown id such as %s answers 404',
    async (id) => {
      const { status, body } = await visitor.get(`/api/products/${id}`);
      expect([status, body.code]).toEqual([404, 'not_found']);
    },
  );

  test('attributes that are translated alike stay apart in a comparison', async () => {
    const { sensor, motor } = world.products;
    const { db } = service.ctx;
    const describeAs = (id: string, attributes: [string, string][]) =>
      db.execute(
        sql`update products set attributes = ${JSON.stringify(attributes)}::jsonb where id = ${id}::bigint`,
      );
    await db.execute(sql`insert into attribute_words (kind, language, word, translation)
      values ('name', 'sr', 'Rated power', 'Snaga'), ('name', 'sr', 'Output', 'Snaga')`);
    await describeAs(motor, [
      ['Rated power', '400 W'],
      ['Output', '380 W'],
    ]);
    await describeAs(sensor, [['Output', '2 W']]);
    const { body } = await visitor.request(
      'GET',
      `/api/product-comparisons?products=${motor},${sensor}`,
      undefined,
      { 'accept-language': 'sr' },
    );
    await Promise.all([motor, sensor].map((id) => describeAs(id, [])));
    await db.execute(sql`delete from attribute_words where word in ('Rated power', 'Output')`);
    expect(body.attributes).toEqual([
      { name: 'Snaga', values: ['400 W', null], differs: true },
      { name: 'Snaga', values: ['380 W', '2 W'], differs: true },
    ]);
  });

  test('products are compared with their attributes aligned, and what differs marked', async () => {
    const { sensor, motor } = world.products;
    const describeAs = (id: string, attributes: [string, string][]) =>
      service.ctx.db.execute(
        sql`update products set attributes = ${JSON.stringify(attributes)}::jsonb where id = ${id}::bigint`,
      );
    await describeAs(motor, [
      ['Voltage', '24 V'],
      ['Power', '400 W'],
    ]);
    await describeAs(sensor, [
      ['Thread', 'M12'],
      ['Voltage', '24 V'],
    ]);
    const { body } = await visitor.get(`/api/product-comparisons?products=${motor},${sensor},${motor}`);
    await Promise.all([motor, sensor].map((id) => describeAs(id, [])));
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([motor, sensor]);
    expect(body.attributes).toEqual([
      { name: 'Voltage', values: ['24 V', '24 V'], differs: false },
      { name: 'Power', values: ['400 W', null], differs: true },
      { name: 'Thread', values: [null, 'M12'], differs: true },
    ]);
    for (const wrong of ['', '1', 'x,y', '1,2,3,4,5']) {
      expect((await visitor.get(`/api/product-comparisons?products=${wrong}`)).status, wrong).toBe(422);
    }
  });

  test('a product takes at most six statements', async () => {
    const count = await service.countStatements(() => visitor.get(`/api/products/${world.products.sensor}`));
    expect(count).toBeLessThanOrEqual(6);
  });
});

test('the categories are a tree of four levels with counts of products', async () => {
  await shelve(service.ctx.db, [{ name: 'Counted cable' }]);
  const { body } = await visitor.get('/api/categories');
  expect(body.items.map((node: { name: string }) => node.name)).toEqual(['Automation', 'Electrical']);
  const [electrical] = body.items.slice(1);
  expect(electrical).toMatchObject({ level: 1, slugPath: 'electrical', productCount: 4 });
  expect(electrical.children[0].children[0].children[0]).toMatchObject({
    level: 4,
    path: 'Electrical > Wiring > Cable > Control cable',
    productCount: 4,
    children: [],
  });
});

describe('vendors', () => {
  test('vendors are listed by name in pages, with their number of products', async () => {
    const { body } = await visitor.get('/api/vendors?perPage=2');
    expect(body).toMatchObject({ total: 5, page: 1, perPage: 2 });
    expect(body.items.map((vendor: { slug: string }) => vendor.slug)).toEqual(['brandt', 'sever']);
    expect(body.items[1]).toMatchObject({ country: 'RS', reachable: true, productCount: 2 });
    expect((await visitor.get('/api/vendors?perPage=2&page=9')).body).toMatchObject({ items: [], total: 5 });
  });

  test('vendors can be listed by number of products', async () => {
    const { body } = await visitor.get('/api/vendors?sort=products&perPage=100');
    const counts = body.items.map((vendor: { productCount: number }) => vendor.productCount);
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a));
    expect(body.items[0].slug).toBe('brandt');
  });

  test('a vendor is found by slug and by id, without addresses', async () => {
    const bySlug = (await visitor.get('/api/vendors/mute')).body;
    expect(bySlug).toMatchObject({ name: 'Listed Only', reachable: false });
    expect((await visitor.get(`/api/vendors/${bySlug.id}`)).body).toEqual(bySlug);
    expect(JSON.stringify(bySlug)).not.toContain('@');
    expect((await visitor.get('/api/vendors/nobody')).status).toBe(404);
  });
});
