import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type Database } from '#db/client.ts';
import { databaseClock } from '#server/platform/clock.ts';
import { cloneTemplate } from '../../harness.ts';

let database: Database;
let drop: () => Promise<void>;

beforeAll(async () => {
  const clone = await cloneTemplate();
  drop = () => clone.drop();
  database = connect(clone.url);
});
afterAll(async () => {
  await database.close();
  await drop();
});

const skewed = (seconds: number) => ({ now: () => new Date(Date.now() + seconds * 1000) });

describe('the clock that all processes share', () => {
  test.each([-90, 90, 86_400])(
    'a process whose own clock is %i seconds off uses the database’s time',
    async (seconds) => {
      const clock = databaseClock(database.sql, skewed(seconds));
      const began = performance.now();
      await clock.compare();
      const [row] = await database.sql<{ now: number }[]>`
        select extract(epoch from clock_timestamp()) * 1000 as now`;
      // The clock is only as exact as the database answers quickly.
      const took = performance.now() - began;
      expect(Math.abs(clock.now().getTime() - Number(row!.now))).toBeLessThan(1_000 + took);
      clock.stop();
    },
  );

  test('the clock keeps its offset while the database doesn’t answer', async () => {
    const own = skewed(0);
    const gone = connect('postgres://nobody@127.0.0.1:1/none');
    const clock = databaseClock(gone.sql, own);
    await expect(clock.compare()).rejects.toThrow();
    expect(Math.abs(clock.now().getTime() - own.now().getTime())).toBeLessThan(1_000);
    clock.stop();
    await gone.close();
  });
});
