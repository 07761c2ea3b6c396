import { expect, test } from 'vitest';
import { createTurns } from '#server/platform/turns.ts';

test('tasks with one key run one after the other, and those with other keys meanwhile', async () => {
  const turns = createTurns();
  const steps: string[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const first = turns('a', async () => {
    steps.push('first begins');
    await held;
    steps.push('first ends');
  });
  const second = turns('a', async () => void steps.push('second'));
  await turns('b', async () => void steps.push('other key'));
  expect(steps).toEqual(['first begins', 'other key']);
  release();
  await Promise.all([first, second]);
  expect(steps).toEqual(['first begins', 'other key', 'first ends', 'second']);
});

test('a task that fails lets the next one run and fails for its caller alone', async () => {
  const turns = createTurns();
  const failing = turns('a', () => Promise.reject(new Error('refused')));
  const next = turns('a', () => Promise.resolve('done'));
  await expect(failing).rejects.toThrow('refused');
  expect(await next).toBe('done');
});
