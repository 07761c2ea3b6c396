import { redirect } from '@sveltejs/kit';
import { refused } from '#lib/credits/login.server.ts';
import { pageIn } from '#lib/rooms/paging.server.ts';
import type { Actions, PageServerLoad } from './$types';

const states = ['unsent', 'sent'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { searchParams } = url;
  const state = states.find((each) => each === searchParams.get('state'));
  const q = searchParams.get('q')?.trim().slice(0, 200) ?? '';
  const query = { page: pageIn(url), ...(state && { state }), ...(q && { q }) };
  const deliveries = await locals.api.get('/api/staff/deliveries', { params: { query } });
  return { deliveries, state, q, isResent: searchParams.has('resent') };
};

export const actions: Actions = {
  resend: async ({ request, locals, url }) => {
    const id = String((await request.formData()).get('id') ?? '');
    const next = new URLSearchParams(url.searchParams);
    next.delete('/resend');
    try {
      await locals.api.post('/api/staff/deliveries/{id}/resending', { params: { path: { id } } });
    } catch (cause) {
      return refused(cause, `/staff/deliveries?${next}`, {});
    }
    next.set('resent', '');
    redirect(303, `/staff/deliveries?${next}`);
  },
};
