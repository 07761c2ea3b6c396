import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';

/** Sends guests to the login and back, and accounts of other roles to their own page. Rethrows anything else. */
export function toLogin(cause: unknown, { pathname, search }: URL): never {
  if (cause instanceof ApiError && cause.status === 401)
    redirect(303, `/account/login?next=${encodeURIComponent(pathname + search)}`);
  if (cause instanceof ApiError && cause.status === 403) redirect(303, '/account');
  throw cause;
}
