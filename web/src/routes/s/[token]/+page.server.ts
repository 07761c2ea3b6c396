import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { failFrom } from '#lib/api/fail.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const page = Math.min(5_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const solution = await locals.api.get('/api/shared-solutions/{token}', {
    params: { path: params, query: { page } },
  });
  return { solution, page, key: randomUUID() };
};

export const actions: Actions = {
  copy: async ({ request, locals, params }) => {
    const key = String((await request.formData()).get('key') ?? '');
    try {
      await locals.api.post('/api/solutions/copies', {
        params: { header: { 'idempotency-key': key } },
        body: { token: params['token'] ?? '' },
      });
    } catch (cause) {
      return failFrom(cause, {});
    }
    redirect(303, '/solution');
  },
};
