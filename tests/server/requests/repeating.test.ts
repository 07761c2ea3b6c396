import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Solution } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { sendUsual, usualLines } from './people.ts';
import { setUpRequests } from './setup.ts';

const { world, service } = await setUpRequests();

const repeat = (browser: Client, id: string, key: string = randomUUID()) =>
  browser.post(`/api/requests/${id}/copies`, {}, { 'idempotency-key': key });
const askedIn = ({ lines }: Solution) =>
  lines.map(({ product, quantity, note, offers }) => ({
    ...{ product: product.code, quantity, note },
    asked: offers.filter(({ asked }) => asked).map(({ id }) => id),
  }));
const withdraw = (offerId: string, at: Date | null) =>
  service.ctx.sql`update offers set withdrawn_at = ${at} where id = ${offerId}`;

describe('repeating a request', () => {
  test('it becomes a new current solution that asks the same partners for the same', async () => {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, usualLines);
    const repeated = await repeat(buyer, request.id);
    expect([repeated.status, repeated.body.lines, repeated.body.notSold]).toEqual([201, 2, []]);
    const solution = (await buyer.get<Solution>('/api/solutions/current')).body;
    expect(solution.id).toBe(repeated.body.id);
    expect(askedIn(solution)).toEqual([
      {
        ...{ product: '6ES-100', quantity: 10, note: 'Same batch' },
        asked: expect.arrayContaining([
          world.offers.sensorSever,
          world.offers.sensorBrandt,
          world.offers.sensorWisla,
        ]),
      },
      { product: 'MOT-7', quantity: 2, note: '', asked: [world.offers.motorSever] },
    ]);
  });

  test('a second press answers the same solution', async () => {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, usualLines);
    const [first, second] = await Promise.all([
      repeat(buyer, request.id, 'k'),
      repeat(buyer, request.id, 'k'),
    ]);
    expect(second.body).toEqual(first.body);
    const { items } = (await buyer.get<{ items: { sentAt: string | null }[] }>('/api/solutions')).body;
    expect(items.filter(({ sentAt }) => sentAt === null)).toHaveLength(1);
  });

  test('what is no longer sold is named, and asked of others where there are any', async () => {
    const buyer = service.visitor();
    const request = await sendUsual(buyer, world, [
      { product: 'sensor', quantity: 10, ask: ['sensorSever', 'sensorBrandt'] },
      { product: 'cable', quantity: 100, ask: ['cableBrandt'] },
      { product: 'motor', quantity: 2, ask: ['motorSever'] },
    ]);
    const { sensorSever, cableBrandt, motorSever } = world.offers;
    for (const id of [sensorSever, cableBrandt, motorSever]) await withdraw(id, service.clock.now());
    const { body } = await repeat(buyer, request.id);
    const named = (body.notSold as Record<string, any>[]).map(({ product, vendors, kept }) => ({
      ...{ code: product.code, kept, vendors: vendors.map(({ name }: { name: string }) => name) },
    }));
    expect(named).toEqual([
      { code: '6ES-100', kept: true, vendors: ['Elektro Sever'] },
      { code: 'CAB-5', kept: true, vendors: ['Brandt Industrietechnik'] },
      { code: 'MOT-7', kept: false, vendors: ['Elektro Sever'] },
    ]);
    expect(askedIn((await buyer.get<Solution>('/api/solutions/current')).body)).toEqual([
      { product: '6ES-100', quantity: 10, note: '', asked: [world.offers.sensorBrandt] },
      { product: 'CAB-5', quantity: 100, note: '', asked: [world.offers.cableWisla] },
    ]);
    for (const id of [sensorSever, cableBrandt, motorSever]) await withdraw(id, null);
  });

  test('nobody repeats what is not theirs', async () => {
    const request = await sendUsual(service.visitor(), world);
    const other = service.visitor();
    await other.get('/api/solutions/current');
    const answers = [await repeat(other, request.id), await repeat(service.visitor(), request.id)];
    answers.push(await repeat(other, randomUUID()), await repeat(other, 'x'));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  });
});
