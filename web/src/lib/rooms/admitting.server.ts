import { redirect } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { toLogin } from '#lib/credits/login.server.ts';

/** Returns who is logged in, if in one of these roles; sends others to the login, or to their account. */
export async function admit(api: Api, url: URL, roles: readonly string[]) {
  try {
    const { name, role } = await api.get('/api/account/me');
    if (roles.includes(role)) return { name, role };
  } catch (cause) {
    return toLogin(cause, url);
  }
  redirect(303, '/account');
}
