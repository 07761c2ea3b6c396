import type { Readable } from 'node:stream';

/** Where files of people are kept, under keys such as "uploads/<uuid>". Several processes use it at once. */
export interface Storage {
  /** Copies a file of this machine, by its path, as a whole or not at all. An existing key is replaced. */
  put(key: string, path: string): Promise<void>;
  /** Returns a file's content, or null if it isn't there. */
  get(key: string): Promise<Readable | null>;
  /** Idempotent. */
  remove(key: string): Promise<void>;
  /** Removes what killed processes left, before then, of a `put` under keys of a folder such as "uploads". */
  removeUnfinished(folder: string, before: Date): Promise<void>;
}
