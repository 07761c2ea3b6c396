import { redirect } from '@sveltejs/kit';
import { checkedLink } from '#lib/account/links.server.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Says at once that a link does not work. */
export const load: PageServerLoad = async ({ locals, params }) => ({
  works: (await checkedLink(locals.api, 'password_reset', params.token)) !== null,
});

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const password = String((await request.formData()).get('password') ?? '');
    try {
      await locals.api.put('/api/account/password-resets/{token}', {
        params: { path: { token: params.token } },
        body: { password },
      });
    } catch (cause) {
      return failFrom(cause, {});
    }
    redirect(303, '/account/login?said=passwordSet');
  },
};
