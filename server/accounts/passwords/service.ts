import type { FieldError } from '#server/platform/errors.ts';
import { titleOf } from '../refusals.ts';
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
