import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cloneTemplate } from '../harness.ts';
import { daily, ecb, startRatesSource } from '../server/rates/source.ts';
import { runCommand } from './command.ts';

const database = await cloneTemplate();
afterAll(() => database.drop());
const source = await startRatesSource();
afterAll(() => source.close());

const folder = await mkdtemp(join(tmpdir(), 'rates-'));
const env = { RATES_URL: source.url + daily, INIT_CWD: folder };
const rates = (...given: string[]) => runCommand('rates', database.url, given, env);

describe('npm run rates', () => {
  test('a jump in a loaded file is held, shown with its rates, and passes once a person accepts its date', async () => {
    await writeFile(
      join(folder, 'rates.xml'),
      ecb({ '2026-11-26': { USD: '1.15' }, '2026-11-27': { USD: '1.5' } }),
    );
    // The path is relative to the folder in which npm was run.
    expect(await rates('load', 'rates.xml')).toEqual({
      code: 0,
      said: 'ECB 2026-11-26: 1 rate stored.\nECB 2026-11-27: held, because a rate jumped. See npm run rates.\n',
    });
    const shown = await rates();
    expect(shown.said).toContain('ECB: 1 rate of 2026-11-26');
    expect(shown.said).toContain('Held: ECB 2026-11-27. If it is right: npm run rates -- accept 2026-11-27');
    expect(shown.said).toContain('  USD 1.15 -> 1.5\n');
    expect(await rates('accept', '2026-11-27')).toEqual({
      code: 0,
      said: 'ECB 2026-11-27: 1 rate stored.\n',
    });
    expect(await rates('accept', '2026-11-27')).toEqual({
      code: 1,
      said: 'No rates of 2026-11-27 are held.\n',
    });
  }, 180_000);

  test('rates are fetched from the sources of RATES_URL, and a source that fails is named', async () => {
    source.answers.set(daily, { body: ecb({ '2026-11-28': { USD: '1.5', GBP: '0.88' } }) });
    expect(await rates('fetch')).toEqual({ code: 0, said: 'ECB 2026-11-28: 2 rates stored.\n' });
    expect(await rates('fetch')).toEqual({ code: 0, said: '1 day known already.\n' });
    source.answers.delete(daily);
    const failed = await rates('fetch');
    expect(failed).toEqual({ code: 1, said: `Not fetched: ${source.url}${daily}: it answered 404\n` });
  }, 180_000);

  test('wrong arguments are named before the usage', async () => {
    const wrong = async (...given: string[]) => {
      const { code, said } = await rates(...given);
      expect([code, said.includes('Usage: npm run rates')]).toEqual([1, true]);
      return said.split('\n')[0];
    };
    expect(await wrong('feth')).toBe('"feth" is not a command.');
    expect(await wrong('load')).toBe('"load" takes a file.');
    expect(await wrong('fetch', 'now')).toBe('"fetch" takes nothing.');
    expect(await wrong('accept', '27.11.2026')).toBe('"27.11.2026" is not a date.');
    expect(await wrong('accept', '2026-02-30')).toBe('"2026-02-30" is not a date.');
    expect(await rates('load', 'missing.xml')).toEqual({ code: 1, said: "missing.xml can't be read.\n" });
    const help = await rates('--help');
    expect([help.code, help.said.startsWith('Usage: npm run rates')]).toEqual([0, true]);
  }, 180_000);
});
