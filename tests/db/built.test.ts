import { eq, gte, type Placeholder, sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { builtOnce } from '#db/built.ts';
import { connect } from '#db/client.ts';
import { buyers } from '#db/tables/buyers.ts';
import { cloneTemplate } from '../harness.ts';

const clone = await cloneTemplate();
const database = connect(clone.url);
afterAll(async () => {
  await database.close();
  await clone.drop();
});

let timesBuilt = 0;
const createdAt = builtOnce<{ id: string }, { at: Date }>((db, { id }) => {
  timesBuilt += 1;
  return db.select({ at: buyers.createdAt }).from(buyers).where(eq(buyers.id, id));
});
const createdSince = builtOnce<{ since: Date }, { at: Date }>((db, { since }) =>
  db
    .select({ at: buyers.createdAt })
    .from(buyers)
    .where(gte(buyers.createdAt, sql.param(since, buyers.createdAt))),
);
const doubled = builtOnce<{ number: number }, { twice: number }>(
  (_db, { number }: { number: Placeholder }) => sql`select ${number}::int * 2 as twice`,
);

test('a query is built once, for all values, and keeps Drizzle’s types', async () => {
  const { db } = database;
  const times = [new Date('2026-11-02T10:00Z'), new Date('2026-11-03T10:00Z')];
  const added = await db
    .insert(buyers)
    .values(times.map((at) => ({ createdAt: at })))
    .returning({ id: buyers.id });
  const read = [];
  for (const { id } of added) read.push(...(await createdAt(db, { id })));
  expect(read).toEqual(times.map((at) => ({ at })));
  expect(timesBuilt).toBe(1);
  expect(await createdSince(db, { since: times[1]! })).toEqual([{ at: times[1] }]);
  expect(await doubled(db, { number: 4 })).toEqual([{ twice: 8 }]);
  expect(await db.transaction((tx) => doubled(tx, { number: 5 }))).toEqual([{ twice: 10 }]);
});

test('a query reads in the transaction that it is given, whichever it was built in', async () => {
  const { db } = database;
  const at = new Date('2026-11-04T10:00Z');
  const within = await db.transaction(async (tx) => {
    const [{ id } = { id: '' }] = await tx
      .insert(buyers)
      .values({ createdAt: at })
      .returning({ id: buyers.id });
    return { seen: await createdAt(tx, { id }), outside: await createdAt(db, { id }), id };
  });
  expect(within).toMatchObject({ seen: [{ at }], outside: [] });
  expect(await createdAt(db, { id: within.id })).toEqual([{ at }]);
});
