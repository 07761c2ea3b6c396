import { isUtf8 } from 'node:buffer';
import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CatalogUnreadable } from './refusal.ts';

/** A line of a file, numbered from 1. `text`: null if it is longer than `maxLineBytes`. */
export interface Line {
  row: number;
  text: string | null;
}

const maxLineBytes = 1024 * 1024;
const newline = 0x0a;

/** Streams a text file, or a .gz file, line by line. `share`: the part of the file read so far, 0 to 1. */
export async function openLines(file: string): Promise<{ lines: AsyncGenerator<Line>; share: () => number }> {
  const { size } = await stat(file);
  const bytes = createReadStream(file, { highWaterMark: 256 * 1024 });
  keepError(bytes);
  return { lines: splitLines(unpacked(bytes, file)), share: () => (size ? bytes.bytesRead / size : 1) };
}

function unpacked(bytes: ReadStream, file: string): AsyncIterable<Buffer> {
  if (!file.endsWith('.gz')) return bytes;
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  keepError(gunzip);
  bytes.once('error', (error) => gunzip.destroy(error));
  gunzip.once('close', () => bytes.destroy());
  return bytes.pipe(gunzip);
}

/** Prevents an error before the stream is read from ending the process. The reader gets it later. */
function keepError(stream: Readable): void {
  stream.on('error', () => {});
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes a line. Throws CatalogUnreadable if it isn't UTF-8: replaced characters would be stored as the vendor's own. */
function textOf(bytes: Buffer, row: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new CatalogUnreadable(`line ${row} is not in UTF-8. Save the file as UTF-8 and import it again`);
  }
}

/** Returns the number of the first line that isn't UTF-8; the last one's if all are. */
export async function firstUndecoded(file: string): Promise<number> {
  let row = 1;
  let pending: Buffer[] = [];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      if (!isUtf8(Buffer.concat([...pending, chunk.subarray(from, at)]))) return row;
      pending = [];
      from = at + 1;
      row += 1;
    }
    pending.push(chunk.subarray(from));
  }
  return row;
}

async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let row = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const take = (end: Buffer): Line => {
    const tooLong = pendingBytes + end.length > maxLineBytes;
    const text = tooLong ? null : textOf(Buffer.concat([...pending, end]), row + 1);
    pending = [];
    pendingBytes = 0;
    row += 1;
    return { row, text: row === 1 && text ? text.replace(/^\ufeff/, '') : text };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      yield take(chunk.subarray(from, at));
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    pendingBytes += rest.length;
    if (pendingBytes > maxLineBytes) pending = [];
    else if (rest.length > 0) pending.push(rest);
  }
  if (pendingBytes > 0) yield take(Buffer.alloc(0));
}
