import { and, asc, count, eq, inArray, isNotNull, isNull, lt } from 'drizzle-orm';
import type postgres from 'postgres';
import type { Db } from '#db/client.ts';
import { uploads } from '#db/tables/uploads.ts';

export type UploadRow = typeof uploads.$inferSelect;

export async function addUpload(db: Db, row: typeof uploads.$inferInsert): Promise<UploadRow> {
  const [added] = await db.insert(uploads).values(row).returning();
  if (!added) throw new Error('the database returned no upload');
  return added;
}

export async function markStored(db: Db, id: string, at: Date): Promise<void> {
  await db.update(uploads).set({ storedAt: at }).where(eq(uploads.id, id));
}

const isThere = and(isNotNull(uploads.storedAt), isNull(uploads.removedAt));

export async function countUnused(db: Db, owner: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(uploads)
    .where(and(eq(uploads.owner, owner), isNull(uploads.subjectType), isNull(uploads.removedAt)));
  return row?.count ?? 0;
}

export async function findStored(db: Db, id: string): Promise<UploadRow | null> {
  const [found] = await db
    .select()
    .from(uploads)
    .where(and(eq(uploads.id, id), isThere));
  return found ?? null;
}

/** Lets an owner's unused uploads hang on a thing. Returns those that could. */
export async function attach(
  tx: Db,
  owner: string,
  ids: readonly string[],
  subject: { type: string; id: string },
): Promise<string[]> {
  const attached = await tx
    .update(uploads)
    .set({ subjectType: subject.type, subjectId: subject.id })
    .where(and(inArray(uploads.id, [...ids]), eq(uploads.owner, owner), isNull(uploads.subjectType), isThere))
    .returning({ id: uploads.id });
  return attached.map(({ id }) => id);
}

export async function listOf(db: Db, type: string, ids: readonly string[]): Promise<UploadRow[]> {
  if (ids.length === 0) return [];
  return db
    .select()
    .from(uploads)
    .where(and(eq(uploads.subjectType, type), inArray(uploads.subjectId, [...ids]), isThere))
    .orderBy(asc(uploads.id));
}

export async function changeOwner(tx: Db, former: string, owner: string): Promise<void> {
  await tx.update(uploads).set({ owner }).where(eq(uploads.owner, former));
}

/** Returns the files of these owners, the oldest first. */
export const listOfOwners = (db: Db, owners: readonly string[]) =>
  db
    .select({
      id: uploads.id,
      name: uploads.name,
      type: uploads.type,
      size: uploads.size,
      createdAt: uploads.createdAt,
    })
    .from(uploads)
    .where(and(inArray(uploads.owner, [...owners]), isNull(uploads.removedAt)))
    .orderBy(asc(uploads.id));

/** Lets the files of an owner that hang on nothing be removed. */
export async function removeOfOwner(tx: Db, owner: string, at: Date): Promise<void> {
  await tx
    .update(uploads)
    .set({ removedAt: at })
    .where(and(eq(uploads.owner, owner), isNull(uploads.subjectType), isNull(uploads.removedAt)));
}

/** Returns the types of an owner's files. */
export async function typesOfOwner(db: Db, owner: string): Promise<string[]> {
  const rows = await db.selectDistinct({ type: uploads.type }).from(uploads).where(eq(uploads.owner, owner));
  return rows.map(({ type }) => type);
}

/** Gives the files of an owner that are of a type another name. */
export async function renameOfOwner(tx: Db, owner: string, type: string, name: string): Promise<void> {
  await tx
    .update(uploads)
    .set({ name })
    .where(and(eq(uploads.owner, owner), eq(uploads.type, type)));
}

export async function removeUnused(db: Db, before: Date, at: Date): Promise<void> {
  await db
    .update(uploads)
    .set({ removedAt: at })
    .where(and(isNull(uploads.subjectType), isNull(uploads.removedAt), lt(uploads.createdAt, before)));
}

export async function listRemoved(db: Db, most: number): Promise<string[]> {
  const rows = await db
    .select({ id: uploads.id })
    .from(uploads)
    .where(isNotNull(uploads.removedAt))
    .orderBy(asc(uploads.removedAt))
    .limit(most);
  return rows.map(({ id }) => id);
}

export async function deleteRow(db: Db, id: string): Promise<void> {
  await db.delete(uploads).where(eq(uploads.id, id));
}

/** Returns what was stored after that time, by id, after `afterId`. */
export async function storedAfter(
  sql: postgres.Sql,
  since: Date,
  afterId: string | null,
  most: number,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from uploads
    where stored_at > ${since} and removed_at is null ${afterId === null ? sql`` : sql`and id > ${afterId}`}
    order by id limit ${most}`;
  return rows.map(({ id }) => id);
}
