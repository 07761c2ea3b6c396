import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { baseFolder, segmentPath } from '#server/platform/backup/layout.ts';
import { deleteOld, keptCopies } from '#server/platform/backup/retention.ts';
import { createVault } from '#server/platform/backup/vault.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const begin = Date.UTC(2026, 0, 5);

/** Makes a copy every so often and deletes what isn't kept after each, as a worker does. Returns what is left. */
function live(everyMs: number, days: number): { ages: number[]; most: number } {
  let copies: { startedAt: Date }[] = [];
  let most = 0;
  let now = begin;
  for (; now <= begin + days * dayMs; now += everyMs) {
    copies = keptCopies([...copies, { startedAt: new Date(now) }], new Date(now));
    most = Math.max(most, copies.length);
  }
  const last = now - everyMs;
  return { ages: copies.map(({ startedAt }) => (last - startedAt.getTime()) / dayMs), most };
}

test('copies of each day are kept for a week and of each week for five, none longer', () => {
  const { ages, most } = live(dayMs, 100);
  expect(ages.filter((age) => age < 7)).toEqual([6, 5, 4, 3, 2, 1, 0]);
  expect(ages.filter((age) => age >= 7)).toHaveLength(4);
  expect(Math.max(...ages)).toBeLessThan(35);
  expect(Math.max(...ages)).toBeGreaterThanOrEqual(28);
  expect(most).toBeLessThanOrEqual(13);
});

test('frequent copies are all kept for a day only', () => {
  const { ages } = live(6 * hourMs, 60);
  expect(ages.filter((age) => age < 1)).toHaveLength(4);
  expect(ages.filter((age) => age >= 1 && age < 7)).toHaveLength(6);
});

test('the two newest copies are kept however old they are', () => {
  const old = [0, 1, 2].map((day) => ({ startedAt: new Date(begin + day * dayMs) }));
  expect(keptCopies(old, new Date(begin + 400 * dayMs))).toEqual(old.slice(1));
  expect(keptCopies(old.slice(0, 1), new Date(begin + 400 * dayMs))).toEqual(old.slice(0, 1));
});

describe('deleting old copies', () => {
  const dir = mkdtempSync(join(tmpdir(), 'quoteline-vault-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const vault = createVault({ dir, key: randomBytes(32) });
  const segment = (n: number) => `00000001${n.toString(16).toUpperCase().padStart(16, '0')}`;
  const files = async (folder: string) =>
    (await Promise.all(['base', 'log'].map((part) => vault.list(`${folder}/${part}`)))).flat().sort();

  async function copy(folder: string, day: number, first: number): Promise<void> {
    const startedAt = new Date(begin + day * dayMs);
    await vault.writeJson(`${baseFolder({ folder }, startedAt)}/manifest.qlb`, {
      firstSegment: segment(first),
    });
  }

  test('also deletes the log that only they need, and histories that have no copy left', async () => {
    await copy('1-1', 0, 1);
    await vault.writeJson(segmentPath({ folder: '1-1' }, segment(1), null), {});
    for (const [day, first] of [
      [50, 3],
      [99, 5],
      [100, 7],
    ] as const)
      await copy('1-2', day, first);
    for (let n = 3; n <= 8; n += 1)
      await vault.writeJson(segmentPath({ folder: '1-2' }, segment(n), null), {});
    await deleteOld(vault, new Date(begin + 100 * dayMs));
    expect(await vault.list('')).toEqual(['1-2']);
    expect(await files('1-2')).toEqual(
      [
        ...[5, 6, 7, 8].map((n) => `${segment(n)}.qlb`),
        ...['20260414T000000000Z', '20260415T000000000Z'],
      ].sort(),
    );
  });
});
