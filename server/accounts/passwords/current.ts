import type { Context } from '#server/context.ts';
import { isPassword } from '#server/platform/auth/passwords.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import * as accounts from '../queries.ts';
import { refuse, refuseWrong, titleOf } from '../refusals.ts';

/**
 * Returns the stored account after its password was typed again in the field `path`. Refuses `invalid_credentials`, with
 * what is wrong with the other fields, and `too_many`. `otherErrors` gets the account once its password was compared.
 */
export async function requireCurrent(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  { id, email }: Pick<Account, 'id' | 'email'>,
  path: string,
  password: string,
  otherErrors: (stored: accounts.StoredAccount) => Promise<FieldError[]> = async () => [],
): Promise<accounts.StoredAccount> {
  const limit = { max: config.limits.loginsPerQuarterHour, windowSeconds: 900 };
  await countOrRefuse(db, `password:${id}`, limit, clock.now());
  const stored = await accounts.credentials(db, email);
  const isRight = stored !== null && (await isPassword(password, stored.passwordHash));
  const others = stored ? await otherErrors(stored) : [];
  if (!stored || !isRight) {
    const wrong = { path, code: 'invalid_credentials', message: titleOf('invalid_credentials') };
    throw refuse('invalid_credentials', { errors: [wrong, ...others] });
  }
  if (others.length > 0) throw refuseWrong(others);
  return stored;
}
