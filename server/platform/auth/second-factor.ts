import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { totpFactors } from '#db/tables/factors.ts';
import { passkeys } from '#db/tables/passkeys.ts';
import type { Config } from '../config.ts';
import type { Account } from './sessions.ts';

/** They see other people's data. */
const rolesWithFactor: readonly Account['role'][] = ['manager', 'staff'];

/** Returns whether a role must have a second factor. */
export const requiresFactor = (
  { requiresSecondFactor }: Pick<Config, 'requiresSecondFactor'>,
  role: Account['role'],
): boolean => requiresSecondFactor && rolesWithFactor.includes(role);

/** Returns whether the account has an authenticator app or a passkey. */
export async function hasFactor(db: Db, accountId: string): Promise<boolean> {
  const [row] = await db.execute<{ has: boolean }>(sql`
    select exists (
      select from ${totpFactors} where account_id = ${accountId}::uuid and confirmed_at is not null)
      or exists (select from ${passkeys} where account_id = ${accountId}::uuid) as has`);
  return row?.has ?? false;
}

/** Returns whether the account may do nothing yet but set up a second factor. */
export async function lacksFactor(
  { db, config }: { db: Db; config: Pick<Config, 'requiresSecondFactor'> },
  { id, role }: Pick<Account, 'id' | 'role'>,
): Promise<boolean> {
  return requiresFactor(config, role) && !(await hasFactor(db, id));
}
