import type { Db } from '#db/client.ts';
import { hashPassword } from '#server/platform/auth/passwords.ts';
import * as queries from './queries.ts';

export type Role = queries.NewAccount['role'];

/** Makes an account, unless the address has one. Managers and agents name their vendor, agents their agent row. */
export async function addAccount(
  db: Db,
  account: Omit<queries.NewAccount, 'passwordHash'> & { password: string },
): Promise<void> {
  const { password, email, ...rest } = account;
  await queries.addAccount(db, {
    ...rest,
    email: email.toLowerCase(),
    passwordHash: await hashPassword(password),
  });
}
