import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { connect, snapshot } from '#db/client.ts';
import { cloneTemplate } from '../../harness.ts';
import { setUpAdmission } from '../admission/setup.ts';
import { assemble, send, sendBody } from '../requests/people.ts';

const pool = 2;
const more = pool + 3;
const setup = await setUpAdmission({ DATABASE_POOL: String(pool) });

/** Runs `run` while a session holds the lock and others wait for it; returns the results of those that `wait` starts. */
async function whileHeld<T>(lock: string, wait: () => Promise<T>[], run: () => Promise<void>): Promise<T[]> {
  const { sql: raw } = setup.service.ctx;
  let waiting: Promise<T>[] = [];
  await raw.begin(async (holding) => {
    await holding.unsafe(lock);
    waiting = wait();
    const waits = () =>
      raw`select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await expect.poll(async () => (await waits()).length).toBeGreaterThan(0);
    await run();
  });
  return Promise.all(waiting);
}

/** Expects that another visitor can search and add to a solution meanwhile. */
async function expectOthersServed(): Promise<void> {
  const other = setup.service.visitor();
  expect((await other.get('/api/products?q=sensor')).status).toBe(200);
  expect((await other.get(`/api/products/${setup.world.products.sensor}`)).status).toBe(200);
  await assemble(other, setup.world, [{ product: 'motor', quantity: 1 }]);
}

describe('more waits for one lock than there are connections', () => {
  test('other visitors are served while callers wait for the admission of their calls', async () => {
    const call = async () => {
      const body = { offerId: setup.world.offers.sensorSever, kind: 'sales', phone: setup.newPhone() };
      return (await setup.service.visitor().post('/api/calls', body)).body.code;
    };
    const codes = await whileHeld(
      `select pg_advisory_xact_lock(${0x51_0e_12})`,
      () => Array.from({ length: more }, call),
      expectOthersServed,
    );
    expect(codes).toEqual(Array(more).fill('nobody_free'));
  });

  test('other visitors are served while sends wait for their solution', async () => {
    const buyer = setup.service.visitor();
    const solutionId = await assemble(buyer, setup.world);
    const replies = await whileHeld(
      'select id from solutions for update',
      () => Array.from({ length: more }, () => send(buyer, sendBody(solutionId))),
      async () => {
        const other = setup.service.visitor();
        expect((await other.get('/api/products?q=sensor')).status).toBe(200);
        await assemble(other, setup.world, [{ product: 'motor', quantity: 1 }]);
      },
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, ...Array(more - 1).fill(409)]);
    await setup.service.drain();
  });
});

test('transactions that wait for a lock leave connections to single statements and to snapshots', async () => {
  const clone = await cloneTemplate();
  const database = connect(clone.url, { pool });
  const { db, sql: raw } = database;
  await raw`insert into buyers default values`;
  let waiting: Promise<unknown>[] = [];
  await raw.begin(async (holding) => {
    await holding`select id from buyers for update`;
    const wait = () => db.transaction((tx) => tx.execute(sql`select id from buyers for update`));
    waiting = Array.from({ length: more }, wait);
    const waits = () =>
      raw`select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    await expect.poll(async () => (await waits()).length).toBe(pool);
    const count = sql`select count(*)::int as buyers from buyers`;
    expect(await db.execute(count)).toEqual([{ buyers: 1 }]);
    expect(await db.transaction((tx) => tx.execute(count), snapshot)).toEqual([{ buyers: 1 }]);
  });
  expect(await Promise.all(waiting)).toHaveLength(more);
  await database.close();
  await clone.drop();
});
