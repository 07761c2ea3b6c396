import { count, desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { auditEntries } from '#db/tables/audit.ts';

export type NewEntry = typeof auditEntries.$inferInsert;

export async function addEntries(tx: Db, entries: readonly NewEntry[]): Promise<void> {
  if (entries.length > 0) await tx.insert(auditEntries).values([...entries]);
}

/** Returns a page of what was noted, latest first. */
export async function listEntries(
  db: Db,
  { page, perPage, subjectId }: { page: number; perPage: number; subjectId?: string | undefined },
) {
  const where = subjectId === undefined ? undefined : eq(auditEntries.subjectId, subjectId);
  const rows = await db
    .select()
    .from(auditEntries)
    .where(where)
    .orderBy(desc(auditEntries.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [counted] = await db.select({ total: count() }).from(auditEntries).where(where);
  return { rows, total: counted?.total ?? 0 };
}
