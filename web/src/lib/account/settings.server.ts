import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError } from '#lib/api/problem.ts';

/** Sends to the login, and back to this page, whose session has ended. Rethrows anything else. */
export function loginFirst(cause: unknown, path: string): never {
  if (cause instanceof ApiError && cause.problem.code === 'login_required')
    redirect(303, `/account/login?next=${encodeURIComponent(path)}`);
  throw cause;
}

/** Names the form that was refused, `of`, with what was typed, or sends to the login as `loginFirst` does. */
export function refusedForm<Of extends string, Values extends object>(
  cause: unknown,
  { path, of, values }: { path: string; of: Of; values: Values },
) {
  if (cause instanceof ApiError && cause.problem.code !== 'login_required')
    return failFrom(cause, { ...values, of });
  return loginFirst(cause, path);
}
