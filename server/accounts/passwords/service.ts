import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { queueMails } from '#server/platform/mailing/queue.ts';
import { passwordChangedMail } from '../events.ts';
import { replacePassword, type StoredAccount } from '../queries.ts';
import { refuseWrong, titleOf } from '../refusals.ts';
import { isCommon, lengthError } from './rules.ts';

/** Loaded with the first new password: it takes 15 MB, which a process that sees none need not hold. */
let loading: Promise<ReadonlySet<string>> | undefined;

function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  );
  return loading;
}

/** Returns what is wrong with a new password, or null. `about`: names and addresses of the person who chose it. */
export async function newPasswordError(
  path: string,
  password: string,
  about: readonly string[],
): Promise<FieldError | null> {
  const wrong = lengthError(path, password);
  if (wrong) return wrong;
  if (!isCommon(password, about, { list: await commonPasswords() })) return null;
  return { path, code: 'password_too_common', message: titleOf('password_too_common') };
}

/** Refuses `invalid_input` or `password_too_common`, naming the field, unless a new password may be theirs. */
export async function requireGoodPassword(
  path: string,
  password: string,
  { name, email, company }: Pick<StoredAccount, 'name' | 'email' | 'company'>,
): Promise<void> {
  const error = await newPasswordError(path, password, [name, email, company ?? '']);
  if (error) throw refuseWrong([error]);
}

/**
 * Stores a new password, ends all sessions of its account, and mails that to its owner. Returns false, having done
 * nothing, if the account has another password by now.
 */
export async function storePassword(
  tx: Db,
  ctx: Context,
  account: StoredAccount,
  passwordHash: string,
): Promise<boolean> {
  const { id, email, name, locale } = account;
  const at = ctx.clock.now();
  if (!(await replacePassword(tx, account, passwordHash))) return false;
  await ctx.sessions.endAll(tx, id);
  const to = { role: 'account', email, name, locale };
  await queueMails(
    tx,
    ctx,
    [{ kind: passwordChangedMail, subjectId: id, reason: randomUUID(), to, content: {} }],
    at,
  );
  return true;
}
