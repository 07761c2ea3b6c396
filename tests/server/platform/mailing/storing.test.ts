import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveries } from '#db/tables/deliveries.ts';
import { type AttemptEnd, storeEnds } from '#server/platform/mailing/deliveries.ts';
import { createStoring } from '#server/platform/mailing/storing.ts';
import type { TestService } from '../../../harness.ts';
import { startWithWorld, type World } from '../../../world.ts';
import { sendUsual } from '../../requests/people.ts';

let service: TestService;
let world: World;

beforeEach(async () => {
  ({ service, world } = await startWithWorld({ leaveJobs: true }));
  await sendUsual(service.visitor(), world);
});
afterEach(() => service.end());

const rows = () => service.ctx.db.select().from(deliveries).orderBy(deliveries.id);
const statuses = async () => (await rows()).map(({ status }) => status);

const endOf = (id: string, more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  ...{ id, status: 'sent', at: service.clock.now(), forgetContent: false, isDigest: false },
  ...more,
});

test('an end that can’t be stored fails alone, though it came with others', async () => {
  const [first, second, third, fourth] = (await rows()).map(({ id }) => id);
  const store = createStoring(service.ctx.db);
  // The others come while the first is stored.
  const stored = await Promise.allSettled([
    store(endOf(first!)),
    store(endOf(second!)),
    store(endOf(third!, { status: 'bounced', error: 'nobody\0' })),
    store(endOf(fourth!)),
  ]);
  expect(stored.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect((await statuses()).slice(0, 4)).toEqual(['sent', 'sent', 'queued', 'sent']);
});

test('ends that meet a deadlock are stored', async () => {
  const [first, second, third] = (await rows()).map(({ id }) => id);
  const store = createStoring(service.ctx.db);
  await service.ctx.sql.begin(async (tx) => {
    // So that the statement that stores them is the one that gives way.
    await tx`set local deadlock_timeout = '10min'`;
    await tx`update deliveries set to_name = to_name where id = ${third!}`;
    const stored = Promise.all([first, second, third].map((id) => store(endOf(id!))));
    stored.catch(() => {});
    await expect
      .poll(() => service.ctx.sql`select from pg_locks where not granted`, { timeout: 10_000, interval: 20 })
      .not.toHaveLength(0);
    await tx`update deliveries set to_name = to_name where id = ${second!}`;
    return [stored];
  });
  await expect.poll(async () => (await statuses()).slice(0, 3)).toEqual(['sent', 'sent', 'sent']);
});

test('ends that wait for a lock keep no read waiting', async () => {
  const [first] = (await rows()).map(({ id }) => id);
  const { db, sql, config } = service.ctx;
  const stored = await sql.begin(async (tx) => {
    await tx`update deliveries set to_name = to_name where id = ${first!}`;
    const ends = Array.from({ length: config.databasePool }, () => storeEnds(db, [endOf(first!)]));
    await expect
      .poll(
        () =>
          sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        { timeout: 10_000, interval: 20 },
      )
      .toHaveLength(config.databasePool);
    expect((await statuses())[0]).toBe('queued');
    return { ends };
  });
  await Promise.all(stored.ends);
  expect((await statuses())[0]).toBe('sent');
});
