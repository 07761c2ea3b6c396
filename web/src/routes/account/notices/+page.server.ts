import { redirect } from '@sveltejs/kit';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import { forgetUnread } from '#lib/server/unread.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  try {
    return { notices: await locals.api.get('/api/notices', { params: { query: { page } } }) };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  read: async ({ request, locals, url, cookies }) => {
    const upTo = String((await request.formData()).get('upTo') ?? '');
    try {
      // What came while the page was open stays new.
      await locals.api.post('/api/notices/reading', { params: { query: { ...(upTo && { upTo }) } } });
    } catch (cause) {
      return refused(cause, url.pathname, {});
    }
    forgetUnread(cookies);
    redirect(303, '/account/notices');
  },
};
