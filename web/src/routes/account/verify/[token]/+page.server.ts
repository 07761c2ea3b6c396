import { redirect } from '@sveltejs/kit';
import { registeredCookie } from '#lib/account/registering.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page changes nothing, because mail scanners open links. */
export const load: PageServerLoad = ({ cookies }) => ({
  hasRegistered: cookies.get(registeredCookie.name) !== undefined,
});

export const actions: Actions = {
  default: async ({ request, locals, params, cookies }) => {
    const password = String((await request.formData()).get('password') ?? '');
    let isNew: boolean;
    try {
      const body = { token: params.token, ...(password && { password }) };
      ({ isNew } = await locals.api.post('/api/account/verifications', { body }));
    } catch (cause) {
      return failFrom(cause, {});
    }
    cookies.delete(registeredCookie.name, { path: registeredCookie.path });
    redirect(303, isNew ? '/account?said=verified' : '/account?said=changed');
  },
};
