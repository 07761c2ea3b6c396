import { expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { createHooks, defineHook, reactTo } from '#server/platform/hooks.ts';

const tx = {} as Db;
const orderPaid = defineHook<{ id: number }>('order.paid');
const orderSent = defineHook<{ id: number }>('order.sent');

test('a hook runs its own reactions one after the other in the transaction of the caller', async () => {
  const seen: string[] = [];
  const note =
    (name: string) =>
    async (given: Db, { id }: { id: number }) => {
      expect(given).toBe(tx);
      await Promise.resolve();
      seen.push(`${name} ${id}`);
    };
  const hooks = createHooks([
    reactTo(orderPaid, note('stock')),
    reactTo(orderSent, note('mail')),
    reactTo(orderPaid, note('invoice')),
  ]);
  await hooks.run(tx, orderPaid, { id: 7 });
  expect(seen).toEqual(['stock 7', 'invoice 7']);
});

test('a reaction that throws stops the others and the caller', async () => {
  const seen: number[] = [];
  const hooks = createHooks([
    reactTo(orderPaid, () => Promise.reject(new Error('no stock'))),
    reactTo(orderPaid, async (_tx, { id }) => void seen.push(id)),
  ]);
  await expect(hooks.run(tx, orderPaid, { id: 7 })).rejects.toThrow('no stock');
  expect(seen).toEqual([]);
});
