import { BackupError } from './sealing.ts';

/** A file, or a folder, whose path ends with a slash. */
export interface Entry {
  path: string;
  content: AsyncIterable<Buffer>;
}

/**
 * Writes files one after the other: its path and its pieces, each after its length in 4 bytes; length 0 ends a file, and
 * one more the whole. Unlike tar it needs no size before the content, and files of a running database grow.
 */
export async function* pack(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const { path, content } of entries) {
    yield framed(Buffer.from(path));
    for await (const piece of content) if (piece.length > 0) yield framed(piece);
    yield framed(Buffer.alloc(0));
  }
  yield framed(Buffer.alloc(0));
}

const framed = (piece: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(piece.length);
  return Buffer.concat([length, piece]);
};

/** Reads what `pack` wrote. An entry's content is gone once the next is asked for. */
export async function* unpack(source: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  const frames = framesOf(source);
  for (;;) {
    const path = await nextFrame(frames);
    if (path.length === 0) {
      // Read on, so that what comes behind is checked too.
      while (!(await frames.next()).done);
      return;
    }
    const content = contentOf(frames);
    yield { path: path.toString(), content };
    // What nobody read, as of a folder.
    while (!(await content.next()).done);
  }
}

async function* contentOf(frames: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let piece = await nextFrame(frames); piece.length > 0; piece = await nextFrame(frames)) yield piece;
}

async function nextFrame(frames: AsyncIterator<Buffer>): Promise<Buffer> {
  const next = await frames.next();
  if (next.done) throw new BackupError('A file of the backup ends too early.');
  return next.value;
}

async function* framesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let wanted: number | undefined;
  for await (const part of source) {
    waiting.push(part);
    bytes += part.length;
    if (bytes < (wanted ?? 4)) continue;
    let all = Buffer.concat(waiting);
    for (;;) {
      if (wanted === undefined && all.length >= 4) {
        wanted = all.readUInt32BE();
        all = all.subarray(4);
      }
      if (wanted === undefined || all.length < wanted) break;
      yield all.subarray(0, wanted);
      all = all.subarray(wanted);
      wanted = undefined;
    }
    waiting = [all];
    bytes = all.length;
  }
}

/** The content of a file that is in memory. */
export async function* inMemory(content: string | Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(content);
}
