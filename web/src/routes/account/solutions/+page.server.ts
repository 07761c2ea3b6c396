import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  const { me } = await parent();
  if (!me) redirect(303, `/account/login?next=${url.pathname}`);
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  try {
    const solutions = await locals.api.get('/api/solutions', { params: { query: { page } } });
    return { solutions, key: randomUUID() };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

const field = (form: FormData, name: string) => String(form.get(name) ?? '').trim();
const ofSolution = (form: FormData) => ({ path: { id: field(form, 'id') } });

/** Returns an action that changes a solution and goes on to a page, so that a reload repeats nothing. */
const verb =
  (to: '/solution' | '/account/solutions', run: (api: Api, form: FormData) => Promise<unknown>) =>
  async ({ request, locals, url }: Parameters<Actions[string]>[0]) => {
    const form = await request.formData();
    try {
      await run(locals.api, form);
    } catch (cause) {
      return refused(cause, url.pathname, { id: field(form, 'id') });
    }
    redirect(303, to);
  };

export const actions: Actions = {
  open: verb('/solution', (api, form) =>
    api.patch('/api/solutions/{id}', { params: ofSolution(form), body: { current: true } }),
  ),
  copy: verb('/solution', (api, form) =>
    api.post('/api/solutions/{id}/copies', {
      params: { ...ofSolution(form), header: { 'idempotency-key': field(form, 'key') } },
    }),
  ),
  rename: verb('/account/solutions', (api, form) =>
    api.patch('/api/solutions/{id}', { params: ofSolution(form), body: { name: field(form, 'name') } }),
  ),
  share: verb('/account/solutions', (api, form) =>
    api.put('/api/solutions/{id}/share', { params: ofSolution(form) }),
  ),
  stopSharing: verb('/account/solutions', (api, form) =>
    api.delete('/api/solutions/{id}/share', { params: ofSolution(form) }),
  ),
};
