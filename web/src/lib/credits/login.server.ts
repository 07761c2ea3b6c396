import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError } from '#lib/api/problem.ts';

const loginFor = (next: string): string => `/account/login?next=${encodeURIComponent(next)}`;

/** Sends guests to the login and back, and accounts of other roles to their own page. Rethrows anything else. */
export function toLogin(cause: unknown, { pathname, search }: Pick<URL, 'pathname' | 'search'>): never {
  if (cause instanceof ApiError && cause.status === 401) redirect(303, loginFor(pathname + search));
  if (cause instanceof ApiError && cause.status === 403) redirect(303, '/account');
  throw cause;
}

/** Answers a form with its refusal and what was typed, or sends to the login and back whose session has ended. */
export function refused<Values>(cause: unknown, back: string, values: Values) {
  if (cause instanceof ApiError && cause.problem.code === 'login_required') redirect(303, loginFor(back));
  return failFrom(cause, values);
}
