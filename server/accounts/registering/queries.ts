import { eq, lt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { registrations } from '#db/tables/accounts.ts';

export type Registration = typeof registrations.$inferSelect;

/** Inserts a registration. Returns false, with the same single statement, if the address has an account. */
export async function addRegistration(tx: Db, row: Registration): Promise<boolean> {
  const { id, email, name, company, passwordHash, locale, guestId, createdAt } = row;
  const added = await tx.execute(sql`
    insert into registrations (id, email, name, company, password_hash, locale, guest_id, created_at)
    select ${id}::uuid, ${email}, ${name}, ${company}, ${passwordHash}, ${locale}, ${guestId}::uuid,
           ${createdAt.toISOString()}::timestamptz
    where not exists (select from accounts where email = ${email})
    returning id`);
  return added.length > 0;
}

export async function findRegistration(db: Db, id: string): Promise<Registration | null> {
  const [found] = await db.select().from(registrations).where(eq(registrations.id, id));
  return found ?? null;
}

export async function deleteRegistrations(tx: Db, email: string): Promise<void> {
  await tx.delete(registrations).where(eq(registrations.email, email));
}

export async function deleteExpired(db: Db, before: Date): Promise<void> {
  await db.delete(registrations).where(lt(registrations.createdAt, before));
}
