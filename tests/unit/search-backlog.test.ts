import { expect, test } from 'vitest';
import type { CatalogChange } from '#server/search/serving/queries.ts';
import { createBacklog } from '#server/search/serving/backlog.ts';

const ofProducts = (count: number): CatalogChange => ({
  ...{ id: 1, changed: 'products', transaction: '1' },
  productIds: Array.from({ length: count }, (_, at) => at),
});

test('the backlog of the search index knows since when a small change waits, also while it is taken over', () => {
  const backlog = createBacklog();
  backlog.add([ofProducts(101)], 1_000);
  expect([backlog.oldest(), backlog.oldest('small')]).toEqual([1_000, null]);
  backlog.add([ofProducts(1)], 2_000);
  expect([backlog.oldest(), backlog.oldest('small')]).toEqual([1_000, 2_000]);
  expect(backlog.take()).toMatchObject({ ids: [0], isSmall: true });
  expect(backlog.oldest('small')).toBe(2_000);
  backlog.done();
  expect(backlog.take()).toMatchObject({ isSmall: false });
  expect([backlog.oldest(), backlog.oldest('small')]).toEqual([1_000, null]);
});

test('names of vendors or categories are a small change, also beside products of an import', () => {
  const backlog = createBacklog();
  const vendors: CatalogChange = { id: 2, changed: 'vendors', productIds: null, transaction: '1' };
  backlog.add([ofProducts(101), vendors], 1_000);
  expect(backlog.oldest('small')).toBe(1_000);
  expect(backlog.take()).toMatchObject({ tables: ['vendors'], isSmall: true });
});
