import { desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { mailSuppressions } from '#db/tables/deliveries.ts';

/** An address that a mail server refused for good, in lower case. */
export type Suppression = typeof mailSuppressions.$inferSelect;

/** Mails this address no more, until `lift`. `answer`: the mail server's. */
export async function suppress(
  db: Db,
  email: string,
  { answer, at }: { answer: string; at: Date },
): Promise<void> {
  await db
    .insert(mailSuppressions)
    .values({ email: email.toLowerCase(), answer, since: at })
    .onConflictDoNothing();
}

export async function isSuppressed(db: Db, email: string): Promise<boolean> {
  const found = await db
    .select({ since: mailSuppressions.since })
    .from(mailSuppressions)
    .where(eq(mailSuppressions.email, email.toLowerCase()));
  return found.length > 0;
}

/** Mails the address again, from now on. Returns false if it wasn't suppressed. */
export async function lift(db: Db, email: string): Promise<boolean> {
  const lifted = await db
    .delete(mailSuppressions)
    .where(eq(mailSuppressions.email, email.toLowerCase()))
    .returning({ since: mailSuppressions.since });
  return lifted.length > 0;
}

/** Returns the suppressed addresses, the latest first. */
export function listSuppressions(db: Db, limit: number): Promise<Suppression[]> {
  return db.select().from(mailSuppressions).orderBy(desc(mailSuppressions.since)).limit(limit);
}
