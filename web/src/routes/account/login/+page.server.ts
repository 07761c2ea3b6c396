import type { Me } from '#lib/api/schema.d.ts';
import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => ({
  loggedOut: url.searchParams.get('said') === 'loggedOut',
  passwordSet: url.searchParams.get('said') === 'passwordSet',
});

/**
 * Returns the path of the page that asked for the login, and never one that browsers read as another site.
 */
function nextOf(url: URL): string | null {
  const next = url.searchParams.get('next');
  const target = next?.startsWith('/') && URL.canParse(next, url.origin) ? new URL(next, url.origin) : null;
  if (target?.origin !== url.origin || target.pathname.startsWith('//')) return null;
  return target.pathname + target.search;
}

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData();
    const email = String(form.get('email') ?? '');
    const password = String(form.get('password') ?? '');
    let me: Me;
    try {
      me = await locals.api.post('/api/account/login', { body: { email, password } });
    } catch (cause) {
      // The password is not sent back to the page.
      return failFrom(cause, { email });
    }
    redirect(303, nextOf(url) ?? (me.role === 'agent' ? '/agent' : '/account'));
  },
};
