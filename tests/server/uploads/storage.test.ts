import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStorage } from '#server/platform/storage/create.ts';
import { createBucket } from '#server/platform/storage/s3.ts';
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

test('a folder has nothing left of a file that is removed, also not of a copy that was cut short', async () => {
  const storage = createStorage(readStorage(() => undefined, join(dir, 'cut'), []));
  await writeFile(join(dir, 'file'), 'whole');
  await storage.put('uploads/one', join(dir, 'file'));
  const folder = join(dir, 'cut/storage/uploads');
  await writeFile(join(folder, '.one.part'), 'wh');
  await storage.remove('uploads/one');
  expect(await readdir(folder)).toEqual([]);
});

test('a bucket whose server takes the connection and never answers is given up', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket));
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  const { port: silentPort } = silent.address() as AddressInfo;
  const config = readStorage(() => `http://K:S@127.0.0.1:${silentPort}/files`, dir, []);
  if (config.kind !== 's3') throw new Error('not a bucket');
  const storage = createBucket(config, { connectionTimeout: 1_000, requestTimeout: 50 });
  await expect(storage.get('uploads/one')).rejects.toThrow('requestTimeout');
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => silent.close(closed));
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
