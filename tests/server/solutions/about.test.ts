import { expect, test } from 'vitest';
import type { Specification } from '#server/requests/sending/schema.ts';
import type { Solution } from '#server/solutions/schema.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

test('a line whose vendors have prices in several currencies says what the lowest is in one, at dated rates', async () => {
  const buyer = service.visitor();
  const { sensorSever, sensorBrandt, motorSever } = world.offers;
  const lines = '/api/solutions/current/lines';
  const { products } = world;
  await buyer.post(lines, { productId: products.sensor, quantity: 2, offerIds: [sensorSever, sensorBrandt] });
  await buyer.post(lines, { productId: products.motor, quantity: 1, offerIds: [motorSever] });
  const { id, lines: own } = (await buyer.get<Solution>('/api/solutions/current?currency=EUR')).body;
  const [sensor, motor] = own;
  expect(sensor?.totals.map(({ low }) => low.currency).toSorted()).toEqual(['EUR', 'RSD']);
  // 2 x 4,500 dinars at 117.2 are less than 2 x 38.50 euros.
  const date = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string;
  expect(sensor?.about).toEqual({ amount: '76.79', currency: 'EUR', date });
  expect(motor).not.toHaveProperty('about');

  const { parts } = (
    await buyer.get<Specification>(`/api/solutions/${id}/specification?kind=quote&currency=EUR`)
  ).body;
  const about = parts.map(({ vendor, lines: asked }) => [
    vendor.name,
    asked.map((line) => line.about?.amount),
  ]);
  expect(Object.fromEntries(about)).toEqual({
    'Brandt Industrietechnik': ['77.00'],
    'Elektro Sever': ['76.79', undefined],
  });
});
