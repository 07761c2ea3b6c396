import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/**
 * A sealed file: "QLB1", 8 bytes that tell keys apart, 32 random bytes, then chunks of 1 MiB and a last one that may be
 * shorter, each with 16 bytes of tag. Each file has a key of its own, derived from its random bytes; a chunk's nonce is its
 * number and whether it is the last. What is changed, cut, reordered or put under another name doesn't open.
 */
const magic = Buffer.from('QLB1');
const keyIdBytes = 8;
const saltBytes = 32;
const headerBytes = magic.length + keyIdBytes + saltBytes;
const chunkBytes = 1_048_576;
const tagBytes = 16;

/** What is wrong with backups, for their operator. */
export class BackupError extends Error {}

const derive = (key: Buffer, salt: Buffer, info: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `quoteline backup ${info}`, bytes));

const keyIdOf = (key: Buffer): Buffer => derive(key, Buffer.alloc(0), 'key id', keyIdBytes);

function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(chunk), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

/** Yields what `source` yields in pieces of `size` bytes, and whether each is the last, which may be shorter or empty. */
async function* inPieces(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const part of source) {
    waiting.push(part);
    bytes += part.length;
    if (bytes <= size) continue;
    let all = Buffer.concat(waiting);
    for (; all.length > size; all = all.subarray(size)) yield { piece: all.subarray(0, size), isLast: false };
    waiting = [all];
    bytes = all.length;
  }
  yield { piece: Buffer.concat(waiting), isLast: true };
}

/** Encrypts a file. `name` is needed to open it. */
export async function* seal(
  key: Buffer,
  name: string,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const header = Buffer.concat([magic, keyIdOf(key), salt]);
  yield header;
  const fileKey = derive(key, salt, `file ${name}`, 32);
  let chunk = 0;
  for await (const { piece, isLast } of inPieces(source, chunkBytes)) {
    const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(chunk, isLast));
    cipher.setAAD(header);
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
    chunk += 1;
  }
}

/** Decrypts a sealed file. Throws a BackupError before it yields anything that isn't what was sealed. */
export async function* unseal(
  key: Buffer,
  name: string,
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const rest = source[Symbol.asyncIterator]();
  const header = await readHeader(rest, name);
  if (!header.start.subarray(0, magic.length).equals(magic))
    throw new BackupError(`${name} is not a file of a backup.`);
  if (!header.start.subarray(magic.length, magic.length + keyIdBytes).equals(keyIdOf(key)))
    throw new BackupError(`${name} was encrypted with another BACKUP_KEY.`);
  const fileKey = derive(key, header.start.subarray(magic.length + keyIdBytes), `file ${name}`, 32);
  let chunk = 0;
  for await (const { piece, isLast } of inPieces(joined(header.begun, rest), chunkBytes + tagBytes)) {
    yield open(piece, { fileKey, header: header.start, nonce: nonceOf(chunk, isLast), name });
    chunk += 1;
  }
}

interface Sealed {
  fileKey: Buffer;
  header: Buffer;
  nonce: Buffer;
  name: string;
}

function open(piece: Buffer, { fileKey, header, nonce, name }: Sealed): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', fileKey, nonce);
    decipher.setAAD(header);
    decipher.setAuthTag(piece.subarray(-tagBytes));
    return Buffer.concat([decipher.update(piece.subarray(0, -tagBytes)), decipher.final()]);
  } catch (error) {
    throw new BackupError(`${name} is damaged.`, { cause: error });
  }
}

async function readHeader(
  source: AsyncIterator<Buffer>,
  name: string,
): Promise<{ start: Buffer; begun: Buffer }> {
  let read = Buffer.alloc(0);
  while (read.length < headerBytes) {
    const next = await source.next();
    if (next.done) throw new BackupError(`${name} is damaged.`);
    read = Buffer.concat([read, next.value]);
  }
  return { start: read.subarray(0, headerBytes), begun: read.subarray(headerBytes) };
}

async function* joined(begun: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield begun;
  yield* { [Symbol.asyncIterator]: () => rest };
}
