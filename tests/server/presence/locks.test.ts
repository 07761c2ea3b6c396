import { afterAll, expect, test } from 'vitest';
import * as presence from '#server/presence/service.ts';
import { startWithWorld } from '../../world.ts';

const { service, world } = await startWithWorld();
afterAll(() => service.drain());

test('calls that end at the same time and name the same agents in any order do not deadlock', async () => {
  const { db, clock } = service.ctx;
  const ids = Object.values(world.agents).map(Number);
  const orders = [ids, ids.toReversed(), [...ids.slice(2), ...ids.slice(0, 2)]];
  const ends = Array.from({ length: 30 }, (_, nth) =>
    db.transaction(async (tx) => {
      const [first = 0, ...others] = orders[nth % orders.length] ?? [];
      const changes = { busyChanged: others, acceptedBy: [], missedBy: [first] };
      await presence.refreshAfterCall(tx, changes, clock.now());
    }),
  );
  await Promise.all(ends);
  const [counted] = await service.ctx.sql`select sum(misses)::int as misses from agent_presence`;
  expect(counted?.misses).toBe(30);
});
