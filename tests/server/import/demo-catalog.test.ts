import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportResult, importCatalog } from '#server/catalog/import/service.ts';
import { followMergedProducts } from '#server/solutions/service.ts';
import { start, type TestService } from '../../harness.ts';

const directory = join(import.meta.dirname, '../../../db/seed/catalog');

let service: TestService;
let first: ImportResult;
beforeAll(async () => {
  service = await start();
  first = await importCatalog(service.ctx, directory, { onProductsMerged: followMergedProducts });
});
afterAll(() => service.end());

test('the demo catalogue has no refused row', () => {
  expect(first).toMatchObject({ refused: 0, updated: 0, unchanged: 0, created: first.rows });
  expect(first.rows).toBeGreaterThan(1_500);
});

test('a second import of the demo catalogue changes nothing', async () => {
  const again = await importCatalog(service.ctx, directory, { onProductsMerged: followMergedProducts });
  expect(again).toMatchObject({
    rows: first.rows,
    refused: 0,
    created: 0,
    updated: 0,
    unchanged: first.rows,
  });
});

test('every offer has a sales agent who is responsible for it', async () => {
  const [row] = await service.ctx.sql`
    select count(*)::int as alone from offers o
    join products p on p.id = o.product_id join categories c on c.id = p.category_id
    where not exists (
      select from agents a join agent_responsibilities r on r.agent_id = a.id
      where a.vendor_id = o.vendor_id and a.kind = 'sales'
        and (r.product_id = p.id or r.category_id = any(c.lineage)))`;
  expect(row?.alone).toBe(0);
});

test('the counts of categories match their products', async () => {
  const rows = await service.ctx.sql`
    select c.path from categories c
    where c.product_count <> (select count(*) from products p join categories own on own.id = p.category_id
      where c.id = any(own.lineage))`;
  expect(rows).toHaveLength(0);
});

test('the counts of vendors match their products', async () => {
  const rows = await service.ctx.sql`
    select v.slug from vendors v
    where v.product_count <> (select count(distinct product_id) from live_offers o where o.vendor_id = v.id)`;
  expect(rows).toHaveLength(0);
});
