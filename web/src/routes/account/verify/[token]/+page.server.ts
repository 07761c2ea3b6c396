import { redirect } from '@sveltejs/kit';
import { checkedLink } from '#lib/account/links.server.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the page changes nothing, because mail scanners open links. */
export const load: PageServerLoad = async ({ locals, params }) => ({
  link: await checkedLink(locals.api, 'verification', params.token),
});

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const [password, code] = ['password', 'code'].map((name) => String(form.get(name) ?? ''));
    let isNew: boolean;
    try {
      const body = { token: params.token, ...(password && { password }), ...(code && { code }) };
      ({ isNew } = await locals.api.post('/api/account/verifications', { body }));
    } catch (cause) {
      return failFrom(cause, {});
    }
    redirect(303, isNew ? '/account?said=verified' : '/account?said=changed');
  },
};
