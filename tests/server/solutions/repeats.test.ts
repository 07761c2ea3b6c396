import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { forgetOld } from '#server/platform/housekeeping.ts';
import type { CodeRows, Solution } from '#server/solutions/schema.ts';
import type { Client } from '../../harness.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();

const current = '/api/solutions/current';
const five = [1, 2, 3, 4, 5];

async function newBuyer(): Promise<Client> {
  const buyer = service.visitor();
  await buyer.get(current);
  return buyer;
}
const motor = (quantity = 2) => ({ productId: world.products.motor, quantity });
const add = (buyer: Client, key: string, body: object = motor(), id = 'current') =>
  buyer.post(`/api/solutions/${id}/lines`, body, { 'idempotency-key': key });
const addCodes = (buyer: Client, key: string, body: object) =>
  buyer.post<CodeRows & { code?: string }>(`${current}/lines/by-code`, body, { 'idempotency-key': key });
const quantities = async (buyer: Client) =>
  (await buyer.get<Solution>(current)).body.lines.map((line) => line.quantity);

describe('a line added under a key', () => {
  test('a line sent five times at once under one key is added once, and every answer is the same', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    const answers = await Promise.all(five.map(() => add(buyer, key)));
    expect(answers.map(({ status }) => status)).toEqual(five.map(() => 201));
    expect(answers.map(({ body }) => body)).toEqual(five.map(() => answers[0]?.body));
    expect(await quantities(buyer)).toEqual([2]);
  });

  test('a line is added twice under two keys, and another visitor may use the same key', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    await Promise.all([add(buyer, key), add(buyer, randomUUID())]);
    expect(await quantities(buyer)).toEqual([4]);
    const other = await newBuyer();
    await add(other, key);
    expect(await quantities(other)).toEqual([2]);
  });

  test('a key that is reused for something else is refused and changes nothing', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    const { body: line } = await add(buyer, key);
    const { body: solution } = await buyer.get<Solution>(current);
    for (const again of [
      await add(buyer, key, motor(3)),
      await add(buyer, key, motor(), solution.id),
      await addCodes(buyer, key, { text: 'MOT-7' }),
    ])
      expect([again.status, again.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect((await buyer.get<Solution>(current)).body.lines).toMatchObject([{ id: line.id, quantity: 2 }]);
  });

  test('a refused line does not consume its key', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    const cable = (quantity: number) => ({
      ...{ productId: world.products.cable, quantity, offerIds: [world.offers.cableBrandt] },
    });
    expect((await add(buyer, key, cable(120))).status).toBe(422);
    expect((await add(buyer, key, cable(150))).status).toBe(201);
    expect(await quantities(buyer)).toEqual([150]);
  });

  test('a line needs no key, and is refused under one that is too long', async () => {
    const buyer = await newBuyer();
    await Promise.all([buyer.post(`${current}/lines`, motor()), add(buyer, '')]);
    expect(await quantities(buyer)).toEqual([4]);
    expect((await add(buyer, 'k'.repeat(256))).status).toBe(422);
  });

  test('a line is added again under the same key a day later', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    await add(buyer, key);
    const deleteExpired = async () => {
      await service.ctx.jobs.enqueue(service.ctx.db, forgetOld, [{}]);
      await service.drain();
    };
    await deleteExpired();
    await add(buyer, key);
    expect(await quantities(buyer)).toEqual([2]);
    service.clock.advance(25 * 3_600_000);
    await deleteExpired();
    await add(buyer, key);
    expect(await quantities(buyer)).toEqual([4]);
  });
});

test('only the latest hundred keys of a buyer are kept', async () => {
  const buyer = await newBuyer();
  const [first, second] = [randomUUID(), randomUUID()];
  await add(buyer, first);
  service.clock.advance(1_000);
  await add(buyer, second);
  const { sql } = service.ctx;
  await sql`
    insert into idempotency_keys (actor, operation, key, body_hash, answer, at, expires_at)
    select actor, operation, 'more ' || n, body_hash, answer, at + make_interval(secs => n), expires_at
    from idempotency_keys, generate_series(1, 98) as n where key = ${second}`;
  const known = async () => {
    const rows = await sql`
      select key from idempotency_keys where actor =
        (select actor from idempotency_keys where key = ${second})`;
    return rows.map((row) => row.key as string);
  };
  service.clock.advance(200_000);
  await add(buyer, first);
  expect(await known()).toHaveLength(100);
  const latest = randomUUID();
  await add(buyer, latest);
  expect(await known()).toHaveLength(100);
  expect(await known()).toEqual(expect.arrayContaining([second, latest]));
  expect(await known()).not.toContain(first);
  expect(await quantities(buyer)).toEqual([6]);
});

describe('codes added under a key', () => {
  test('codes sent five times at once under one key are added once, and every answer is the same', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    const list = { text: 'MOT-7\t2\nNO-SUCH 1\nRLY-9;1\n6ES-100 3' };
    const answers = await Promise.all(five.map(() => addCodes(buyer, key, list)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      five.map(() => [200, answers[0]?.body]),
    );
    expect(answers[0]?.body.counts).toMatchObject({ added: 2, notFound: 1, refused: 1 });
    expect(await quantities(buyer)).toEqual([2, 3]);
  });

  test('a repeat of a long list adds nothing and gets the first answer, of which only an outline is kept', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    const some = ['MOT-7\t2', 'NO-SUCH 1', '6ES-100 3', 'RLY-9;1'];
    const list = {
      text: Array.from({ length: 300 }, () => some)
        .flat()
        .join('\n'),
    };
    const first = await addCodes(buyer, key, list);
    const before = await quantities(buyer);
    expect(first.body.counts).toEqual({ added: 600, ambiguous: 0, notFound: 300, refused: 300 });
    const again = await addCodes(buyer, key, list);
    expect(again.status).toBe(200);
    expect(again.body.counts).toEqual(first.body.counts);
    // A repeat leaves out how a vendor packs.
    const short = ({ rows }: CodeRows) => rows.map(({ minimum: _, packSize: __, ...row }) => row);
    expect(short(again.body)).toEqual(short(first.body));
    expect(await quantities(buyer)).toEqual(before);
    const [kept] = await service.ctx.sql`
      select length(answer::text) as size from idempotency_keys where key = ${key}`;
    expect(JSON.stringify(first.body).length).toBeGreaterThan(65_536);
    expect(kept?.size).toBeLessThan(20_000);
  });

  test('a list of which nothing was added does not consume its key', async () => {
    const buyer = await newBuyer();
    const key = randomUUID();
    const rows = [{ code: 'NO-SUCH' }];
    expect((await addCodes(buyer, key, { rows })).body.counts.notFound).toBe(1);
    expect((await addCodes(buyer, key, { text: 'MOT-7', dryRun: true })).body.counts.added).toBe(1);
    const chosen = [{ code: 'NO-SUCH', productId: world.products.motor }];
    expect((await addCodes(buyer, key, { rows: chosen })).body.counts.added).toBe(1);
    expect(await quantities(buyer)).toEqual([1]);
  });
});
