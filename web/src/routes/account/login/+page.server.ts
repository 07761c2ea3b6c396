import { redirect } from '@sveltejs/kit';
import { goOn, withNext } from '#lib/account/login.server.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError } from '#lib/api/problem.ts';
import type { Me } from '#lib/api/schema.d.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  loggedOut: url.searchParams.get('said') === 'loggedOut',
  passwordSet: url.searchParams.get('said') === 'passwordSet',
  erased: url.searchParams.get('said') === 'erased',
  stepOver: url.searchParams.get('said') === 'stepOver',
});

export const actions: Actions = {
  default: async ({ request, locals, url, cookies }) => {
    const form = await request.formData();
    const email = String(form.get('email') ?? '');
    const password = String(form.get('password') ?? '');
    let me: Me;
    try {
      me = await locals.api.post('/api/account/login', { body: { email, password } });
    } catch (cause) {
      if (cause instanceof ApiError && cause.problem.code === 'second_factor_required')
        redirect(303, withNext('/account/login/code', url));
      // The password is not sent back to the page.
      return failFrom(cause, { email });
    }
    return goOn(me, url, cookies);
  },
};
