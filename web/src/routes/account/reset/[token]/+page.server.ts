import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions } from './$types';

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
