import { describe, expect, test } from 'vitest';
import type { Solution } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const add = (client: Client, line: Record<string, unknown>) => client.post(`${current}/lines`, line);

describe('the current solution', () => {
  test('each line asks everybody who sells its quantity, besides those it asks', async () => {
    const buyer = service.visitor();
    const { sensorSever } = world.offers;
    await add(buyer, { productId: world.products.sensor, quantity: 3, offerIds: [sensorSever] });
    await add(buyer, { productId: world.products.motor, quantity: 1, note: 'urgent' });
    const { status, body } = await buyer.patch<Solution>(current, { ask: 'all' });
    expect(status).toBe(200);
    const [sensor, motor] = body.lines;
    const asked = sensor?.offers.filter((offer) => offer.asked) ?? [];
    const sellable = sensor?.offers.filter((offer) => offer.reachable && offer.sellable) ?? [];
    expect(asked.map(({ id }) => id).toSorted()).toEqual(sellable.map(({ id }) => id).toSorted());
    expect(asked.map(({ id }) => id)).toContain(sensorSever);
    expect(asked.length).toBeGreaterThan(1);
    expect(motor).toMatchObject({ quantity: 1, note: 'urgent' });
  });

  test('everybody has a current solution, kept by their cookie', async () => {
    const buyer = service.visitor();
    const first = await buyer.get(current);
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ current: true, sentAt: null, lines: [], split: [], totals: [] });
    expect((await buyer.get(current)).body.id).toBe(first.body.id);
    expect((await service.visitor().get(current)).body.id).not.toBe(first.body.id);
  });

  test('the summary of the current solution creates nothing', async () => {
    const buyer = service.visitor();
    const before = await countRows('visitors');
    const empty = await buyer.get(`${current}/summary`);
    expect(empty.body).toEqual({ id: null, name: '', lines: 0, inSolution: [] });
    expect(buyer.cookies.size).toBe(0);
    expect(await countRows('visitors')).toBe(before);

    const line = await add(buyer, { productId: world.products.sensor, quantity: 3 });
    await add(buyer, { productId: world.products.motor, quantity: 1 });
    const { sensor, cable } = world.products;
    const summary = await buyer.get(`${current}/summary?products=${sensor},${cable},nonsense`);
    expect(summary.body).toMatchObject({
      lines: 2,
      inSolution: [{ lineId: line.body.id, productId: sensor, position: 1, quantity: 3 }],
    });
    expect(
      await service.countStatements(() => buyer.get(`${current}/summary?products=${sensor}`)),
    ).toBeLessThanOrEqual(2);
  });

  test('ten concurrent first calls make one current solution', async () => {
    const buyer = service.visitor();
    await buyer.get('/api/solutions');
    await buyer.post('/api/solutions', { name: 'One' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.get(current)));
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  test('a new solution becomes current, and an old one can be current again', async () => {
    const buyer = service.visitor();
    const old = await buyer.get(current);
    const fresh = await buyer.post('/api/solutions', { name: '  Line 3 conveyor  ' });
    expect(fresh.status).toBe(201);
    expect(fresh.body).toMatchObject({ name: 'Line 3 conveyor', current: true });
    expect((await buyer.get(current)).body.id).toBe(fresh.body.id);

    const taken = await buyer.patch(`/api/solutions/${old.body.id}`, { current: true, name: 'Older' });
    expect(taken.body).toMatchObject({ id: old.body.id, current: true, name: 'Older' });
    const list = await buyer.get('/api/solutions?perPage=1');
    expect(list.body).toMatchObject({ total: 2, page: 1, perPage: 1, items: [{ id: old.body.id }] });
    const second = await buyer.get('/api/solutions?perPage=1&page=2');
    expect(second.body.items).toMatchObject([{ id: fresh.body.id, current: false, lines: 0 }]);
    const beyond = await buyer.get('/api/solutions?perPage=1&page=9');
    expect(beyond.body).toMatchObject({ items: [], total: 2, page: 9 });
  });

  test('concurrent starts and switches leave one current solution', async () => {
    const buyer = service.visitor();
    const old = await buyer.get(current);
    const calls = Array.from({ length: 4 }, () => [
      buyer.post('/api/solutions', {}),
      buyer.patch(`/api/solutions/${old.body.id}`, { current: true }),
      add(buyer, { productId: world.products.motor, quantity: 1 }),
    ]).flat();
    const statuses = (await Promise.all(calls)).map((answer) => answer.status);
    expect(new Set(statuses)).toEqual(new Set([200, 201]));
    const list = await buyer.get('/api/solutions');
    expect(list.body.items.filter((item: { current: boolean }) => item.current)).toHaveLength(1);
    const held = list.body.items.reduce((sum: number, item: { lines: number }) => sum + item.lines, 0);
    expect(held).toBeGreaterThanOrEqual(1);
  });
});

async function countRows(table: string): Promise<number> {
  const [row] = await service.ctx.sql<{ count: number }[]>`
    select count(*)::int as count from ${service.ctx.sql(table)}`;
  return row?.count ?? 0;
}
