import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { cloneTemplate } from '../harness.ts';
import { ecb } from '../server/rates/source.ts';

const database = await cloneTemplate();
afterAll(() => database.drop());

const script = fileURLToPath(new URL('../../scripts/rates.ts', import.meta.url));

/** Runs `npm run rates -- ...` on the test's database; returns its exit code and output. */
function rates(...given: string[]): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env.PATH, DATABASE_URL: database.url };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', './scripts/loading.ts', script, ...given],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, said: `${stdout}${stderr}` }),
    );
  });
}

describe('npm run rates', () => {
  test('a jump in a loaded file is held, shown with its rates, and passes once a person accepts its date', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'rates-')), 'rates.xml');
    await writeFile(file, ecb({ '2026-11-26': { USD: '1.15' }, '2026-11-27': { USD: '1.5' } }));
    expect(await rates('load', file)).toEqual({
      code: 0,
      said: 'ECB 2026-11-26: 1 rates stored.\nECB 2026-11-27: held. See npm run rates.\n',
    });
    const shown = await rates();
    expect(shown.said).toContain('ECB: 1 rates of 2026-11-26');
    expect(shown.said).toContain(
      'Held: ECB 2026-11-27. npm run rates -- accept 2026-11-27\n  USD 1.15 -> 1.5\n',
    );
    expect(await rates('accept', '2026-11-27')).toEqual({
      code: 0,
      said: 'ECB 2026-11-27: 1 rates stored.\n',
    });
    expect(await rates('accept', '2026-11-27')).toEqual({
      code: 1,
      said: 'No rates of 2026-11-27 are held.\n',
    });
  }, 180_000);
});
