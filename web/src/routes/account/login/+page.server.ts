import type { Me } from '#server/accounts/schema.ts';
import { redirect } from '@sveltejs/kit';
import { api, failFrom } from '#lib/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  loggedOut: url.searchParams.get('said') === 'loggedOut',
});

export const actions: Actions = {
  default: async ({ request, fetch }) => {
    const form = await request.formData();
    const email = String(form.get('email') ?? '');
    const password = String(form.get('password') ?? '');
    try {
      await api(fetch).post<Me>('/api/account/login', { email, password });
    } catch (cause) {
      // The password is not sent back to the page.
      return failFrom(cause, { email });
    }
    redirect(303, '/account');
  },
};
