import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { openLines } from '#server/catalog/import/lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'quoteline-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([0, 100])(
  'reading a truncated file fails, also when the first read comes after %i ms',
  async (ms) => {
    const file = join(folder, 'cut.gz');
    writeFileSync(file, gzipSync('line\n'.repeat(1_000)).subarray(0, 20));
    const { lines } = await openLines(file);
    await pause(ms);
    await expect(lines.next()).rejects.toMatchObject({ code: 'Z_BUF_ERROR' });
  },
);
