import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStorage } from '#server/platform/storage/create.ts';
import { readStorage } from '#server/platform/storage/settings.ts';

let dir: string;
let server: S3rver;
let port: number;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'storage-'));
  const configureBuckets = [{ name: 'files', configs: [] }];
  server = new S3rver({ port: 0, silent: true, directory: join(dir, 's3'), configureBuckets });
  ({ port } = await server.run());
});
afterAll(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

describe.each<[string, () => string | undefined]>([
  ['a folder', () => undefined],
  ['a bucket', () => `http://S3RVER:S3RVER@127.0.0.1:${port}/files?region=eu-central-1`],
])('the storage in %s', (_, url) => {
  const open = () => createStorage(readStorage(url, join(dir, 'data'), []));
  const put = async (content: string) => {
    await writeFile(join(dir, 'file'), content);
    await open().put('uploads/one', join(dir, 'file'));
  };

  test('gives back what it was given, and replaces it', async () => {
    await put('first');
    await put('second, longer');
    expect(await text((await open().get('uploads/one'))!)).toBe('second, longer');
  });

  test('has nothing under a key once it is removed, however often', async () => {
    await put('first');
    await open().remove('uploads/one');
    await open().remove('uploads/one');
    expect(await open().get('uploads/one')).toBeNull();
  });
});

test('STORAGE_URL needs a key, a secret and a bucket', () => {
  const problemsOf = (url: string) => {
    const problems: string[] = [];
    readStorage(() => url, 'data', problems);
    return problems.length;
  };
  expect(problemsOf('https://k:s@s3.example.org/bucket?region=eu-central-1')).toBe(0);
  for (const wrong of [
    's3://k:s@host/bucket',
    'https://host/bucket',
    'https://k:s@host/',
    'https://k:s@host/a/b',
  ])
    expect(problemsOf(wrong)).toBe(1);
});
