import { describe, expect, test } from 'vitest';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const add = (client: Client, line: Record<string, unknown>) => client.post(`${current}/lines`, line);

describe('sums', () => {
  test("the split has each vendor's lines, with totals per currency", async () => {
    const buyer = service.visitor();
    const { sensor, cable, motor, service: visit } = world.products;
    const { sensorSever, sensorBrandt, cableBrandt, serviceBrandt } = world.offers;
    await add(buyer, { productId: sensor, quantity: 10, offerIds: [sensorSever, sensorBrandt] });
    await add(buyer, { productId: cable, quantity: 150, offerIds: [cableBrandt] });
    await add(buyer, { productId: motor, quantity: 2 });
    await add(buyer, { productId: visit, quantity: 8, offerIds: [serviceBrandt] });
    const { body } = await buyer.get(current);
    // 150 x 0.0185 = 2.775, rounded half away from zero once, for the line.
    expect(body.lines[1].totals).toEqual([eur('2.78', '2.78')]);
    expect(body.totals).toEqual([
      eur('352.78', '352.78'),
      { low: { amount: '149000.00', currency: 'RSD' }, high: { amount: '149000.00', currency: 'RSD' } },
    ]);
    expect(body.split).toMatchObject([
      {
        vendor: { name: 'Brandt Industrietechnik' },
        onRequest: 1,
        subtotals: [{ amount: '352.78', currency: 'EUR' }],
      },
      {
        vendor: { name: 'Elektro Sever' },
        onRequest: 0,
        subtotals: [{ amount: '149000.00', currency: 'RSD' }],
      },
    ]);
    expect(body.split[0].lines).toHaveLength(3);
    expect(body.problems).toEqual([]);
  });

  test("sums follow the catalogue, and a line says why it can't be sent", async () => {
    const buyer = service.visitor();
    const { body: line } = await add(buyer, { productId: world.products.motor, quantity: 1 });
    const { motorSever } = world.offers;
    const problems = async () =>
      (await buyer.get(current)).body.problems.map((problem: { code: string }) => problem.code);
    await service.ctx.sql`update offers set price = 50000, minimum = 2 where id = ${motorSever}`;
    const { body } = await buyer.get(current);
    expect(body.totals[0].low.amount).toBe('50000.00');
    expect(body.problems).toEqual([{ lineId: line.id, code: 'quantity_not_sellable' }]);
    // Other things about the line can still be changed.
    expect((await buyer.patch(`${current}/lines/${line.id}`, { note: 'x' })).status).toBe(200);
    await service.ctx.sql`update offers set product_id = ${world.products.relay} where id = ${motorSever}`;
    expect(await problems()).toEqual(['no_vendor_to_ask']);
    await service.ctx.sql`update offers set price = 52000, minimum = 1, product_id = ${world.products.motor}
      where id = ${motorSever}`;
    await service.ctx.sql`update vendors set email = null where id = ${world.vendors.sever}`;
    expect(await problems()).toEqual(['vendor_not_reachable']);
    await service.ctx.sql`update vendors set email = ${world.mail.sever} where id = ${world.vendors.sever}`;
    expect(await problems()).toEqual([]);
  });

  test('a solution of any length is read in the same few statements', async () => {
    const buyer = service.visitor();
    const read = () => service.countStatements(() => buyer.get(current));
    await add(buyer, { productId: world.products.sensor, quantity: 1 });
    const short = await read();
    for (let i = 0; i < 20; i += 1)
      await add(buyer, { productId: world.products.sensor, quantity: 1, note: `${i}` });
    expect(await read()).toBe(short);
    // Rates included.
    expect(short).toBeLessThanOrEqual(4);
  });

  const eur = (low: string, high: string) => ({
    low: { amount: low, currency: 'EUR' },
    high: { amount: high, currency: 'EUR' },
  });
});
