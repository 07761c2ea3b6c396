import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { addLine } from '#lib/catalog/listing.server.ts';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  try {
    const wishes = await locals.api.get('/api/wishes', { params: { query: { page } } });
    return { wishes, addKey: randomUUID() };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  add: addLine,
  remove: async ({ request, locals, url }) => {
    const productId = String((await request.formData()).get('productId') ?? '');
    try {
      await locals.api.delete('/api/wishes/{productId}', { params: { path: { productId } } });
    } catch (cause) {
      return refused(cause, url.pathname, { productId });
    }
    redirect(303, '/account/wishes');
  },
};
