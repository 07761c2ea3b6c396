import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { inMemory, pack, unpack } from '#server/platform/backup/packing.ts';
import { seal, unseal } from '#server/platform/backup/sealing.ts';
import { readBackup } from '#server/platform/backup/settings.ts';

const key = randomBytes(32);
const mebibyte = 1_048_576;

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Yields in pieces that fit no boundary. */
async function* inBits(whole: Buffer, size = 65_521): AsyncGenerator<Buffer> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

const sealed = (content: Buffer, name = 'a/b.qlb') => collect(seal(key, name, inBits(content)));
const opened = (file: Buffer, name = 'a/b.qlb', by = key) => collect(unseal(by, name, inBits(file)));

describe('a sealed file', () => {
  test.each([0, 1, mebibyte - 1, mebibyte, mebibyte + 1, 3 * mebibyte])(
    'of %i bytes opens to what was sealed, and shows nothing of it',
    async (size) => {
      const content = Buffer.alloc(size, 'a secret ');
      const file = await sealed(content);
      expect(file.includes('secret')).toBe(false);
      expect((await opened(file)).equals(content)).toBe(true);
    },
  );

  test('does not open with another key, and says so', async () => {
    await expect(opened(await sealed(Buffer.from('x')), 'a/b.qlb', randomBytes(32))).rejects.toThrow(
      'a/b.qlb was encrypted with another BACKUP_KEY.',
    );
  });

  test('does not open under another name', async () => {
    await expect(opened(await sealed(Buffer.from('x')), 'a/c.qlb')).rejects.toThrow('a/c.qlb is damaged.');
  });

  test('does not open when a byte of it was changed, wherever', async () => {
    const file = await sealed(randomBytes(mebibyte + 100));
    for (const at of [0, 20, 44, mebibyte, file.length - 1]) {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(opened(changed)).rejects.toThrow('a/b.qlb');
    }
  });

  test('does not open when it was cut, also between two chunks', async () => {
    const file = await sealed(randomBytes(2 * mebibyte));
    for (const length of [10, 44, 44 + mebibyte + 16, file.length - 1])
      await expect(opened(file.subarray(0, length))).rejects.toThrow('a/b.qlb is damaged.');
  });

  test('does not open when chunks were swapped', async () => {
    const file = await sealed(randomBytes(3 * mebibyte));
    const chunk = (n: number) =>
      file.subarray(44 + n * (mebibyte + 16), Math.min(44 + (n + 1) * (mebibyte + 16), file.length));
    const swapped = Buffer.concat([file.subarray(0, 44), chunk(1), chunk(0), chunk(2)]);
    await expect(opened(swapped)).rejects.toThrow('a/b.qlb is damaged.');
  });
});

test('packed files come out with their paths and contents, also empty ones and folders', async () => {
  const files = [
    ['empty/', ''],
    ['none', ''],
    ['large', 'abc'.repeat(100_000)],
    ['ć/đ', 'Čačak'],
  ] as const;
  async function* entries() {
    for (const [path, content] of files) yield { path, content: inMemory(content) };
  }
  const packed = await collect(pack(entries()));
  const found: [string, string][] = [];
  for await (const { path, content } of unpack(inBits(packed, 7_919)))
    found.push([path, path === 'empty/' ? '' : (await collect(content)).toString()]);
  expect(found).toEqual(files);
  await expect(async () => {
    for await (const { content } of unpack(inBits(packed.subarray(0, -1)))) await collect(content);
  }).rejects.toThrow('ends too early');
});

describe('the settings of backups', () => {
  const read = (env: Record<string, string>) => {
    const problems: string[] = [];
    const config = readBackup((name) => env[name], problems);
    return { config, problems };
  };
  const BACKUP_KEY = key.toString('base64');

  test('a key is taken in base64 and hexadecimal, and the interval with its unit', () => {
    for (const text of [BACKUP_KEY, key.toString('hex'), key.toString('base64url')]) {
      const { config, problems } = read({ BACKUP_DIR: '/b', BACKUP_KEY: text, BACKUP_EVERY: '6h' });
      expect(problems).toEqual([]);
      expect(config).toEqual({ dir: '/b', key, everySeconds: 21_600 });
    }
    expect(read({ BACKUP_DIR: '/b', BACKUP_KEY }).config?.everySeconds).toBe(86_400);
    expect(read({ BACKUP_DIR: '/b', BACKUP_KEY, BACKUP_EVERY: '3600' }).config?.everySeconds).toBe(3_600);
    expect(read({})).toEqual({ config: undefined, problems: [] });
  });

  test.each([
    [{ BACKUP_DIR: '/b' }, 'BACKUP_KEY is not set'],
    [{ BACKUP_KEY }, 'BACKUP_DIR is not set'],
    [{ BACKUP_DIR: '/b', BACKUP_KEY: 'correct horse battery staple' }, 'BACKUP_KEY must be 32 bytes'],
    [{ BACKUP_DIR: '/b', BACKUP_KEY, BACKUP_EVERY: 'daily' }, 'BACKUP_EVERY must be'],
    [{ BACKUP_DIR: '/b', BACKUP_KEY, BACKUP_EVERY: '10s' }, 'BACKUP_EVERY must be'],
  ])('%j is refused', (env, said) => {
    expect(read(env)).toEqual({ config: undefined, problems: [expect.stringContaining(said)] });
  });
});
