import type { Api } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';

/** Returns what the link of a mail asks for, or null if it does not work any more. Changes nothing: mail scanners open links. */
export async function checkedLink(
  api: Api,
  kind: 'verification' | 'password_reset' | 'email_change_undo',
  token: string,
): Promise<{ asksPassword: boolean } | null> {
  try {
    return await api.post('/api/account/link-checks', { body: { kind, token } });
  } catch (cause) {
    if (cause instanceof ApiError && cause.problem.code === 'link_not_valid') return null;
    throw cause;
  }
}
