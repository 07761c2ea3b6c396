import { expect, test } from 'vitest';
import { secondsToReconnect } from '#db/client.ts';

test('a lost database is tried again at least every second, however long it was away', () => {
  for (const failures of [0, 1, 5, 20, 2_000]) {
    const waits = Array.from({ length: 100 }, () => secondsToReconnect(failures));
    expect(Math.max(...waits)).toBeLessThanOrEqual(1);
    expect(Math.min(...waits)).toBeGreaterThan(0);
  }
});
