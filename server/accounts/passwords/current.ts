import type { Context } from '#server/context.ts';
import { isPassword } from '#server/platform/auth/passwords.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import * as accounts from '../queries.ts';
import { refuseField } from '../refusals.ts';

/**
 * Returns the stored account after its password was typed again in the field `path`. Refuses `invalid_credentials` and
 * `too_many`.
 */
export async function requireCurrent(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  { id, email }: Account,
  path: string,
  password: string,
): Promise<accounts.StoredAccount> {
  const limit = { max: config.limits.loginsPerQuarterHour, windowSeconds: 900 };
  await countOrRefuse(db, `password:${id}`, limit, clock.now());
  const stored = await accounts.credentials(db, email);
  if (!stored || !(await isPassword(password, stored.passwordHash)))
    throw refuseField(path, 'invalid_credentials');
  return stored;
}
