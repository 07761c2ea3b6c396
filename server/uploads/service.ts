import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { uploadTypes } from '#server/common/enums/uploads.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { Reader } from '#server/platform/attachments.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { removeOlder } from '#server/platform/old-files.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { keyFolder, keyOf, nameFor, perHour, typeOfText, unusedAtOnce, unusedBefore } from './rules.ts';
import type { Upload } from './schema.ts';

/** Who uploads. */
export interface Uploader {
  /** "buyer:<id>", "account:<id>", "enquiry:<id>" or "complaint:<id>". */
  owner: string;
  /** The client's address, which limits count. */
  address: string;
}

/** A file as it comes in. */
interface Incoming {
  name: string;
  content: Readable;
  /** Whether it was longer than allowed; known once its content has been read. */
  isTruncated(): boolean;
}

/**
 * Stores a file. Unless something uses it within a day it is removed. Refuses `too_many`, `too_large`, `invalid_input` if
 * it is empty, `file_type`, and `unavailable` if the storage is away.
 */
export async function receive(ctx: Context, { owner, address }: Uploader, file: Incoming): Promise<Upload> {
  const { db, clock, config } = ctx;
  const now = clock.now();
  const perAddress = { max: config.limits.uploadsPerHour, windowSeconds: perHour.windowSeconds };
  await countOrRefuse(db, `uploads:address:${address}`, perAddress, now);
  await countOrRefuse(db, `uploads:${owner}`, perHour, now);
  if ((await queries.countUnused(db, owner)) >= unusedAtOnce)
    throw refuse('too_many', { retryAfterSeconds: perHour.windowSeconds });
  const path = join(await incoming(config), randomUUID());
  try {
    await pipeline(file.content, createWriteStream(path, { mode: 0o600 }));
    if (file.isTruncated()) throw refuse('too_large');
    const { size } = await stat(path);
    if (size === 0) throw refuseField('file', 'invalid_input', 'is empty');
    const type = await typeOf(path, file.name);
    if (type === null) throw refuse('file_type');
    return await store(ctx, path, { owner, name: nameFor(file.name, type), type, size, createdAt: now });
  } finally {
    await rm(path, { force: true });
  }
}

/** The row comes first, so that a job finds and removes what a killed process left in the storage. */
async function store(
  { db, clock, storage, log }: Context,
  path: string,
  row: Parameters<typeof queries.addUpload>[1],
): Promise<Upload> {
  const { id, name, type, size } = await queries.addUpload(db, row);
  try {
    await storage.put(keyOf(id), path);
  } catch (error) {
    log.error({ err: error }, 'a file could not be stored');
    throw refuse('unavailable', { retryAfterSeconds: 30 });
  }
  await queries.markStored(db, id, clock.now());
  return { id, name, type, size };
}

const abandonedMs = 3_600_000;
/** By the machine's time, as that of files is. */
const abandonedBefore = (): Date => new Date(Date.now() - abandonedMs);

/** Returns the folder of files that are coming in, rid of what killed processes left. */
async function incoming({ dataDir }: Context['config']): Promise<string> {
  const folder = join(dataDir, 'incoming');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOlder(folder, abandonedBefore());
  return folder;
}

/** Returns the media type by the content, or null if it isn't taken. */
async function typeOf(path: string, name: string): Promise<string | null> {
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path);
  if (found && Object.hasOwn(uploadTypes, found.mime)) return found.mime;
  return typeOfText(await readFile(path, 'latin1'), name);
}

/** Returns a file to be downloaded. Refuses `not_found` also for who may not see what it hangs on. */
export async function open(
  { db, clock, storage, attachments }: Pick<Context, 'db' | 'clock' | 'storage' | 'attachments'>,
  id: string,
  reader: Reader,
): Promise<{ upload: Upload; content: Readable }> {
  const found = isUuid(id) ? await queries.findStored(db, id) : null;
  if (!found || !(await mayRead(db, attachments, found, reader, clock.now()))) throw refuse('not_found');
  const content = await storage.get(keyOf(found.id));
  if (!content) throw refuse('not_found');
  return { upload: viewOf(found), content };
}

async function mayRead(
  db: Db,
  attachments: Context['attachments'],
  { owner, subjectType, subjectId }: queries.UploadRow,
  reader: Reader,
  at: Date,
): Promise<boolean> {
  if (subjectType === null || subjectId === null) return ownersOf(reader).includes(owner);
  return (await attachments[subjectType]?.(db, subjectId, reader, at)) ?? false;
}

const ownersOf = ({ buyerId, account, holds }: Reader): string[] => [
  ...(buyerId === null ? [] : [`buyer:${buyerId}`]),
  ...(account === null ? [] : [`account:${account.id}`]),
  ...(holds === undefined ? [] : [holds]),
];

const viewOf = ({ id, name, type, size }: queries.UploadRow): Upload => ({ id, name, type, size });

/**
 * Lets files hang on a thing, each on one. Must be called in the transaction that makes the thing. Refuses
 * `upload_not_found` for files of others or used ones, naming the field `uploads.<index>`.
 */
export async function attach(
  tx: Db,
  owner: string,
  ids: readonly string[],
  subject: { type: string; id: string },
): Promise<void> {
  const wanted = [...new Set(ids.filter(isUuid).map((id) => id.toLowerCase()))];
  const attached = wanted.length > 0 ? await queries.attach(tx, owner, wanted, subject) : [];
  const missing = ids.findIndex((id) => !attached.includes(id.toLowerCase()));
  if (missing >= 0) throw refuseField(`uploads.${missing}`, 'upload_not_found');
}

/** Returns the files that hang on things of a type, by the things' ids. */
export async function uploadsOf(
  db: Db,
  type: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Upload[]>> {
  const rows = await queries.listOf(db, type, ids);
  return new Map(
    [...Map.groupBy(rows, ({ subjectId }) => subjectId ?? '')].map(([id, own]) => [id, own.map(viewOf)]),
  );
}

/** Moves a guest's files to the account that logs in. */
export const moveToAccount = (tx: Db, guestId: string, buyerId: string): Promise<void> =>
  queries.changeOwner(tx, `buyer:${guestId}`, `buyer:${buyerId}`);

/**
 * Lets the files of somebody who is erased be removed, whose content goes by the next job. Those that hang on something
 * stay for others who see it, as "file.pdf".
 */
export async function eraseUploads(tx: Db, owner: string, at: Date): Promise<void> {
  await queries.removeOfOwner(tx, owner, at);
  for (const type of await queries.typesOfOwner(tx, owner))
    await queries.renameOfOwner(tx, owner, type, nameFor('', type));
}

const removedAtOnce = 100;

/**
 * Removes files that nothing uses and those of erased people: the content first, so that none is left without its row. Also
 * what killed processes left an hour ago.
 */
export async function removeFiles({
  db,
  clock,
  config,
  storage,
}: Pick<Context, 'db' | 'clock' | 'config' | 'storage'>): Promise<void> {
  const now = clock.now();
  await incoming(config);
  await storage.removeUnfinished(keyFolder, abandonedBefore());
  await queries.removeUnused(db, unusedBefore(now), now);
  for (;;) {
    const ids = await queries.listRemoved(db, removedAtOnce);
    for (const id of ids) {
      await storage.remove(keyOf(id));
      await queries.deleteRow(db, id);
    }
    if (ids.length < removedAtOnce) return;
  }
}
