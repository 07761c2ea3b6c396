import { expect, test } from 'vitest';
import * as solutions from '#server/solutions/service.ts';
import { maxLines } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const addNote = (client: Client, text: string) =>
  client.post(`${current}/lines`, { productId: world.products.motor, quantity: 1, note: text });
const places = async (client: Client): Promise<number[]> =>
  (await client.get(current)).body.lines.map((line: { position: number }) => line.position);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('ten lines added concurrently have ten positions', async () => {
  const buyer = service.visitor();
  await buyer.get(current);
  const answers = await Promise.all(upTo(10).map((nth) => addNote(buyer, `${nth}`)));
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 201));
  expect(await places(buyer)).toEqual(upTo(10));
});

test('the same product added ten times concurrently is one line of ten', async () => {
  const buyer = service.visitor();
  await buyer.get(current);
  await Promise.all(upTo(10).map(() => addNote(buyer, 'same')));
  expect((await buyer.get(current)).body.lines).toMatchObject([{ quantity: 10, position: 1 }]);
});

test('two tabs that move, remove and restore concurrently leave positions 1 to n', async () => {
  const buyer = service.visitor();
  for (const nth of upTo(8)) await addNote(buyer, `${nth}`);
  const ids: string[] = (await buyer.get(current)).body.lines.map((line: { id: string }) => line.id);
  const line = (index: number) => `${current}/lines/${ids[index]}`;
  const statuses = await Promise.all([
    buyer.patch(line(0), { position: 8 }),
    buyer.patch(line(7), { position: 1 }),
    buyer.delete(line(3)),
    buyer.patch(line(4), { position: 2 }),
    buyer.delete(line(5)),
    buyer.patch(line(1), { position: 5 }),
    buyer.delete(line(0)),
  ]);
  expect(statuses.every(({ status }) => [200, 204, 409].includes(status))).toBe(true);
  await Promise.all([buyer.post(`${line(3)}/restoration`), buyer.post(`${line(5)}/restoration`)]);
  await buyer.post(`${line(0)}/restoration`);
  expect(await places(buyer)).toEqual(upTo(8));
});

test('a solution is taken for sending once and then refuses every change', async () => {
  const buyer = service.visitor();
  const { body: line } = await addNote(buyer, 'x');
  const { body: solution } = await buyer.get(current);
  const [owner] = await service.ctx.sql<{ buyer_id: string }[]>`
    select buyer_id from solutions where id = ${solution.id as string}`;
  const buyerId = owner?.buyer_id ?? '';
  const { db, clock } = service.ctx;
  const attempts = await Promise.allSettled(
    upTo(5).map(() => db.transaction((tx) => solutions.markSent(tx, buyerId, solution.id, clock.now()))),
  );
  const taken = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
  expect(taken).toHaveLength(1);
  expect(taken[0]?.lines).toMatchObject([
    { id: line.id, quantity: 1, asked: [Number(world.offers.motorSever)] },
  ]);
  expect(await buyer.get(`/api/solutions/${solution.id}`)).toMatchObject({ body: { current: false } });

  const own = `/api/solutions/${solution.id}`;
  for (const refused of [
    await buyer.post(`${own}/lines`, { productId: world.products.motor, quantity: 1 }),
    await buyer.patch(`${own}/lines/${line.id}`, { quantity: 2 }),
    await buyer.delete(`${own}/lines/${line.id}`),
    await buyer.patch(own, { name: 'x' }),
    await buyer.patch(own, { current: true }),
    await buyer.post(`${own}/lines/by-code`, { text: 'MOT-7' }),
  ])
    expect([refused.status, refused.body.code]).toEqual([409, 'solution_sent']);
  const fresh = await buyer.get(current);
  expect(fresh.body).toMatchObject({ lines: [], current: true });
  expect(fresh.body.id).not.toBe(solution.id);
});

test('a full solution accepts no further line but a greater quantity', async () => {
  const buyer = service.visitor();
  await addNote(buyer, 'first');
  const { body: solution } = await buyer.get(current);
  await service.ctx.sql`
    insert into solution_lines (solution_id, product_id, position, quantity, note)
    select ${solution.id as string}, ${world.products.motor}::bigint, n, 1, 'filler ' || n
    from generate_series(2, ${maxLines}::int) n`;
  const refused = await addNote(buyer, 'one too many');
  expect([refused.status, refused.body.code]).toEqual([409, 'solution_full']);
  expect((await addNote(buyer, 'first')).body.quantity).toBe(2);
  expect((await buyer.get(current)).body.linesTotal).toBe(maxLines);
});
