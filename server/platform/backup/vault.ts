import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { inMemory } from './packing.ts';
import { BackupError, seal, unseal } from './sealing.ts';

/** The folder of the backups: compressed, sealed files. A path is relative to it, and part of the seal. */
export interface Vault {
  /** Writes a file that is there as a whole or not at all, also after a power cut. */
  write(path: string, content: AsyncIterable<Buffer>): Promise<StoredFile>;
  /** Gives a file's content to `use`. Throws a BackupError if it isn't what was written. */
  read<T>(path: string, use: (content: AsyncIterable<Buffer>) => Promise<T>): Promise<T>;
  writeJson(path: string, value: object): Promise<StoredFile>;
  readJson<T>(path: string): Promise<T>;
  /** Returns the names in a folder, none if it is missing. */
  list(folder: string): Promise<string[]>;
  remove(path: string): Promise<void>;
  /** Deletes what processes that were killed had begun to write in a folder. Nobody else may write there. */
  tidy(folder: string): Promise<void>;
}

/** What was stored; `sha256sum` prints the same. */
export interface StoredFile {
  bytes: number;
  sha256: string;
}

const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const unfinished = '.unfinished';

export function createVault({ dir, key }: { dir: string; key: Buffer }): Vault {
  async function write(path: string, content: AsyncIterable<Buffer>): Promise<StoredFile> {
    const file = join(dir, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    let bytes = 0;
    await pipeline(
      content,
      createZstdCompress(compression),
      (compressed: AsyncIterable<Buffer>) => seal(key, path, compressed),
      async function* (sealed: AsyncIterable<Buffer>) {
        for await (const piece of sealed) {
          hash.update(piece);
          bytes += piece.length;
          yield piece;
        }
      },
      createWriteStream(file + unfinished, { mode: 0o600, flush: true }),
    );
    await rename(file + unfinished, file);
    await syncFolder(dirname(file));
    return { bytes, sha256: hash.digest('hex') };
  }

  async function read<T>(path: string, use: (content: AsyncIterable<Buffer>) => Promise<T>): Promise<T> {
    let result: { value: T } | undefined;
    try {
      await pipeline(
        createReadStream(join(dir, path)),
        (sealed: AsyncIterable<Buffer>) => unseal(key, path, sealed),
        createZstdDecompress(),
        async (content: AsyncIterable<Buffer>) => {
          result = { value: await use(content) };
        },
      );
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        throw new BackupError(`${join(dir, path)} is missing.`);
      throw error;
    }
    if (!result) throw new BackupError(`${path} is damaged.`);
    return result.value;
  }

  const namesIn = (folder: string): Promise<string[]> => readdir(join(dir, folder)).catch(noneIfMissing);
  const remove = (path: string): Promise<void> => rm(join(dir, path), { recursive: true, force: true });

  return {
    write,
    read,
    writeJson: (path, value) => write(path, inMemory(JSON.stringify(value))),
    readJson: async <T>(path: string) => JSON.parse(await read(path, textOf)) as T,
    list: async (folder) => (await namesIn(folder)).filter((name) => !name.endsWith(unfinished)),
    remove,
    async tidy(folder) {
      for (const name of await namesIn(folder))
        if (name.endsWith(unfinished)) await remove(`${folder}/${name}`);
    },
  };
}

async function textOf(content: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function noneIfMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** A new name survives a power cut only once its folder is written. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
