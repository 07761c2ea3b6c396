import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const add = (client: Client, line: Record<string, unknown>) => client.post(`${current}/lines`, line);
const codes = (answer: { body: { errors?: { path: string; code: string }[] } }) =>
  (answer.body.errors ?? []).map(({ path, code }) => `${path} ${code}`);

describe('a line', () => {
  test('a line asks the best vendor unless vendors are given', async () => {
    const buyer = service.visitor();
    const line = await add(buyer, { productId: world.products.sensor, quantity: 12 });
    expect(line.status).toBe(201);
    // Brandt and Sever have stock, Wisła has none. By the day's rates, 4,500 dinars are more than 35 euro.
    const asked = line.body.offers.filter((offer: { asked: boolean }) => offer.asked);
    expect(asked).toMatchObject([
      {
        ...{ id: world.offers.sensorBrandt, price: { amount: '38.50' } },
        unitPrice: { amount: '35.00', currency: 'EUR' },
      },
    ]);
    expect(asked[0].lineTotal).toEqual({ amount: '420.00', currency: 'EUR' });
    const sever = line.body.offers.find((offer: { id: string }) => offer.id === world.offers.sensorSever);
    expect(sever).toMatchObject({ asked: false, unitPrice: { amount: '4500.00', currency: 'RSD' } });
  });

  test('adding a line takes at most 6 statements, also for a newcomer', async () => {
    const buyer = service.visitor();
    const line = { productId: world.products.sensor, quantity: 1 };
    expect(await service.countStatements(() => add(buyer, line))).toBeLessThanOrEqual(6);
    expect(await service.countStatements(() => add(buyer, line))).toBeLessThanOrEqual(6);
    const stale = service.visitor();
    stale.cookies.set('sid', 'of a database long gone');
    expect(await service.countStatements(() => add(stale, line))).toBeLessThanOrEqual(6);
    expect((await stale.get(current)).body.lines).toHaveLength(1);
  });

  test('a quantity that is not sold is refused with the next one that is', async () => {
    const buyer = service.visitor();
    const { cable } = world.products;
    const { cableBrandt, cableWisla } = world.offers;
    const brandtOnly = { productId: cable, offerIds: [cableBrandt] };
    for (const quantity of [99, 120]) {
      const refused = await add(buyer, { ...brandtOnly, quantity });
      expect(refused.status).toBe(422);
      expect(refused.body.code).toBe('quantity_not_sellable');
      expect(codes(refused)).toEqual(['quantity quantity_not_sellable']);
    }
    const refused = await add(buyer, {
      productId: cable,
      quantity: 101,
      offerIds: [cableWisla, cableBrandt],
    });
    expect(refused.body.errors[0].message).toContain('at least 100, in multiples of 50');
    expect(refused.body.errors[0].message).toContain('150');
    expect((await buyer.get(current)).body.lines).toEqual([]);
    expect((await add(buyer, { productId: cable, quantity: 101 })).body.offers).toMatchObject([
      { id: cableBrandt, asked: false, sellable: false },
      { id: cableWisla, asked: true, sellable: true },
    ]);
  });

  test("a line refuses another product's offer, a vendor twice, and a vendor without an address", async () => {
    const buyer = service.visitor();
    const { sensor, relay } = world.products;
    const { sensorSever, motorSever, relayMute } = world.offers;
    const foreign = await add(buyer, { productId: sensor, quantity: 1, offerIds: [sensorSever, motorSever] });
    expect(foreign.status).toBe(422);
    expect(codes(foreign)).toEqual(['offerIds.1 offer_not_of_product']);
    expect(codes(await add(buyer, { productId: sensor, quantity: 1, offerIds: ['x; drop'] }))).toEqual([
      'offerIds.0 offer_not_of_product',
    ]);
    expect(codes(await add(buyer, { productId: relay, quantity: 1, offerIds: [relayMute] }))).toEqual([
      'offerIds.0 vendor_not_reachable',
    ]);
    const mute = await add(buyer, { productId: relay, quantity: 1 });
    expect([mute.status, mute.body.code]).toEqual([422, 'vendor_not_reachable']);

    const [second] = await service.ctx.sql<{ id: string }[]>`
      insert into offers (product_id, vendor_id, sku, price, currency, unit)
      values (${sensor}, ${world.vendors.sever}, 'ES-S1-B', 4400, 'RSD', 'piece') returning id`;
    const twice = await add(buyer, { productId: sensor, quantity: 1, offerIds: [sensorSever, second?.id] });
    expect(codes(twice)).toEqual(['offerIds.1 one_offer_per_vendor']);
    await service.ctx.sql`delete from offers where id = ${second?.id ?? ''}`;
  });

  test('unknown products and impossible input are refused at their field', async () => {
    const buyer = service.visitor();
    for (const productId of ['999999999', 'abc', '99999999999999999999999', '-1', '1.0']) {
      const answer = await add(buyer, { productId, quantity: 1 });
      expect([answer.status, ...codes(answer)]).toEqual([422, 'productId not_found']);
    }
    for (const quantity of [0, -1, 1.5, '2', null, 1_000_000_001]) {
      const answer = await add(buyer, { productId: world.products.motor, quantity });
      expect(answer.status).toBe(422);
      expect(answer.body.errors[0].path).toBe('quantity');
    }
    const empty = await add(buyer, { productId: world.products.motor, quantity: 1, offerIds: [] });
    expect(codes(empty)).toEqual(['offerIds too_few']);
  });

  test('adding the same again increases the line and asks the vendors of both', async () => {
    const buyer = service.visitor();
    const { sensor } = world.products;
    const { sensorSever, sensorBrandt, sensorWisla } = world.offers;
    const first = await add(buyer, { productId: sensor, quantity: 2, offerIds: [sensorSever] });
    const again = await add(buyer, { productId: sensor, quantity: 3, offerIds: [sensorBrandt] });
    expect(again.body).toMatchObject({ id: first.body.id, quantity: 5, position: 1 });
    const more = await add(buyer, { productId: sensor, quantity: 1 });
    expect(more.body).toMatchObject({ id: first.body.id, quantity: 6 });
    expect(more.body.offers).toMatchObject([
      { id: sensorBrandt, asked: true },
      { id: sensorSever, asked: true },
      { id: sensorWisla, asked: false },
    ]);
    const other = await add(buyer, { productId: sensor, quantity: 1, note: 'the other cabinet' });
    expect(other.body.position).toBe(2);
    const option = await add(buyer, { productId: sensor, quantity: 1, options: { Cable: '2 m' } });
    expect(option.body).toMatchObject({ position: 3, options: { Cable: '2 m' } });
    expect((await add(buyer, { productId: sensor, quantity: 1, options: { Cable: '2 m' } })).body.id).toBe(
      option.body.id,
    );
    const huge = await add(buyer, { productId: sensor, quantity: 1_000_000_000 });
    expect(codes(huge)).toEqual(['quantity too_large']);
  });

  test('a note is kept as typed', async () => {
    const buyer = service.visitor();
    const note = `Quotes ' " \\ %_ <b>&amp; 漢字 ± 🙂\nsecond line`;
    const options = { 'Ключ "1"': "'; drop table products; --" };
    const line = await add(buyer, { productId: world.products.motor, quantity: 1, note, options });
    expect(line.body).toMatchObject({ note, options });
    expect((await buyer.get(current)).body.lines[0]).toMatchObject({ note, options });
  });
});

describe('changing a line', () => {
  test('changing a line changes only the given fields', async () => {
    const buyer = service.visitor();
    const { body: line } = await add(buyer, { productId: world.products.sensor, quantity: 1, note: 'a' });
    const path = `${current}/lines/${line.id}`;
    const quantity = await buyer.patch(path, { quantity: 4 });
    expect(quantity.body).toMatchObject({ quantity: 4, note: 'a' });
    const { sensorBrandt, sensorWisla } = world.offers;
    const offers = await buyer.patch(path, { offerIds: [sensorBrandt, sensorWisla] });
    expect(offers.body.offers.filter((offer: { asked: boolean }) => offer.asked)).toHaveLength(2);
    expect(offers.body).toMatchObject({ quantity: 4, note: 'a' });
    expect((await buyer.patch(path, { note: '' })).body).toMatchObject({ quantity: 4, note: '' });
    expect((await buyer.patch(path, { quantity: 0 })).status).toBe(422);
    expect((await buyer.patch(path, { offerIds: [world.offers.motorSever] })).body.code).toBe(
      'offer_not_of_product',
    );
    expect((await buyer.get(current)).body.lines[0]).toMatchObject({ quantity: 4, note: '' });
  });

  test("a quantity that one asked vendor doesn't sell is refused", async () => {
    const buyer = service.visitor();
    const { cableBrandt, cableWisla } = world.offers;
    const { body: line } = await add(buyer, {
      productId: world.products.cable,
      quantity: 100,
      offerIds: [cableBrandt, cableWisla],
    });
    const path = `${current}/lines/${line.id}`;
    expect((await buyer.patch(path, { quantity: 130 })).body.code).toBe('quantity_not_sellable');
    expect((await buyer.patch(path, { quantity: 130, offerIds: [cableWisla] })).body.quantity).toBe(130);
    expect((await buyer.patch(path, { offerIds: [cableBrandt] })).body.code).toBe('quantity_not_sellable');
  });

  test('moving a line keeps positions 1 to n', async () => {
    const buyer = service.visitor();
    const ids = await addNotes(buyer, ['a', 'b', 'c', 'd']);
    const order = async () =>
      (await buyer.get(current)).body.lines.map(
        (line: { note: string; position: number }) => `${line.position}${line.note}`,
      );
    expect((await buyer.patch(`${current}/lines/${ids[3]}`, { position: 2 })).body.position).toBe(2);
    expect(await order()).toEqual(['1a', '2d', '3b', '4c']);
    await buyer.patch(`${current}/lines/${ids[0]}`, { position: 4000 });
    expect(await order()).toEqual(['1d', '2b', '3c', '4a']);
    await buyer.delete(`${current}/lines/${ids[1]}`);
    expect(await order()).toEqual(['1d', '2c', '3a']);
  });

  test('a removed line can be restored for a day', async () => {
    const buyer = service.visitor();
    const ids = await addNotes(buyer, ['a', 'b', 'c']);
    const path = `${current}/lines/${ids[1]}`;
    expect((await buyer.delete(path)).status).toBe(204);
    expect((await buyer.delete(path)).status).toBe(404);
    expect((await buyer.patch(path, { quantity: 2 })).body.code).toBe('line_removed');
    const solution = await buyer.get(current);
    expect(solution.body.lines).toHaveLength(2);
    expect(solution.body.removed).toMatchObject([{ lineId: ids[1], name: 'Servo motor 0.75 kW' }]);

    const back = await buyer.post(`${path}/restoration`);
    expect(back.body).toMatchObject({ id: ids[1], position: 2, note: 'b' });
    expect((await buyer.post(`${path}/restoration`)).status).toBe(200);
    const lines = (await buyer.get(current)).body.lines;
    expect(lines.map((line: { note: string }) => line.note)).toEqual(['a', 'b', 'c']);

    await buyer.delete(path);
    service.clock.advance(25 * 3_600_000);
    expect((await buyer.get(current)).body.removed).toEqual([]);
    expect((await buyer.post(`${path}/restoration`)).status).toBe(404);
    service.clock.advance(-25 * 3_600_000);
  });

  async function addNotes(buyer: Client, notes: string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const note of notes) {
      const { body } = await add(buyer, { productId: world.products.motor, quantity: 1, note });
      ids.push(body.id);
    }
    return ids;
  }
});
