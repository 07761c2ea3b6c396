import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Replica } from '#server/platform/replica.ts';
import type { SearchResult } from '#server/search/schema.ts';
import { start, type TestService } from '../../harness.ts';
import { createWorld } from '../../world.ts';
import { shelve } from './shelf.ts';

let service: TestService;

beforeAll(async () => {
  service = await start();
  await createWorld(service.ctx.db);
  await shelve(service.ctx.db, [{ name: 'Lamp', code: 'L-1' }]);
});
afterAll(() => service.end());

test('a search whose products have not reached the replica is answered by the database', async () => {
  const { ctx } = service;
  const failures: unknown[] = [];
  let askedOfReplica = 0;
  const rolledBack = ctx.db.transaction(async (tx) => {
    // Within the transaction the lamp isn't there, as on a replica that is behind an index.
    await tx.execute(
      sql`delete from offers where product_id in (select id from products where name = 'Lamp')`,
    );
    await tx.execute(sql`delete from products where name = 'Lamp'`);
    ctx.replica = {
      get db() {
        askedOfReplica += 1;
        return tx;
      },
      search: ctx.search,
      isClose: () => true,
      lagSeconds: () => 0,
      failures: () => failures.length,
      noteFailure: (error) => void failures.push(error),
      close: () => Promise.resolve(),
    } satisfies Replica;
    const { body } = await service.visitor().get<SearchResult>('/api/products?q=lamp');
    ctx.replica = null;
    expect(body).toMatchObject({ total: 1, items: [{ name: 'Lamp' }] });
    tx.rollback();
  });
  await expect(rolledBack).rejects.toThrow('Rollback');
  expect(askedOfReplica).toBe(1);
  expect(failures).toEqual([]);
});
