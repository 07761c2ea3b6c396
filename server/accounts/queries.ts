import { and, eq, notLike, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { accounts } from '#db/tables/accounts.ts';
import { erasedEmails } from '#server/platform/personal.ts';

export interface NewAccount {
  /** In lower case. */
  email: string;
  name: string;
  company?: string | null;
  passwordHash: string;
  role: 'buyer' | 'agent' | 'manager' | 'staff';
  locale: string;
  /** Set only for buyers. */
  buyerId: string | null;
  vendorId: number | null;
  agentId: number | null;
}

/** Inserts an account with a proven address. Returns null if the address has an account. */
export async function addAccount(db: Db, account: NewAccount): Promise<StoredAccount | null> {
  const [added] = await db
    .insert(accounts)
    .values({ ...account, emailProvenAt: sql`now()` })
    .onConflictDoNothing({ target: accounts.email })
    .returning();
  return added ?? null;
}

export type StoredAccount = typeof accounts.$inferSelect;

/** Changes what is given of an account, unless it was erased meanwhile. */
export async function updateAccount(
  tx: Db,
  id: string,
  changes: Partial<
    Pick<StoredAccount, 'name' | 'company' | 'locale' | 'passwordHash' | 'currency' | 'unwantedMails'>
  >,
): Promise<void> {
  await tx
    .update(accounts)
    .set(changes)
    .where(and(eq(accounts.id, id), notLike(accounts.email, erasedEmails)));
}

type HasPassword = Pick<StoredAccount, 'id' | 'passwordHash'>;

const stillHas = ({ id, passwordHash }: HasPassword) =>
  and(eq(accounts.id, id), eq(accounts.passwordHash, passwordHash));

/** Returns whether the account still has this password, which then stays until the transaction ends. */
export async function holdPassword(tx: Db, account: HasPassword): Promise<boolean> {
  const held = await tx.select({ id: accounts.id }).from(accounts).where(stillHas(account)).for('share');
  return held.length > 0;
}

/** Changes the password. Returns false if the account has another one by now. */
export async function replacePassword(tx: Db, account: HasPassword, passwordHash: string): Promise<boolean> {
  const replaced = await tx
    .update(accounts)
    .set({ passwordHash })
    .where(stillHas(account))
    .returning({ id: accounts.id });
  return replaced.length > 0;
}

/** Returns the account of an address (in lower case), with its password hash. */
export async function credentials(db: Db, email: string): Promise<StoredAccount | null> {
  const [account] = await db.select().from(accounts).where(eq(accounts.email, email));
  return account ?? null;
}

/** Returns the kinds of mails that an account has switched off. */
export async function unwantedMailsOf(db: Db, id: string): Promise<StoredAccount['unwantedMails']> {
  const [account] = await db
    .select({ unwantedMails: accounts.unwantedMails })
    .from(accounts)
    .where(eq(accounts.id, id));
  return account?.unwantedMails ?? [];
}
