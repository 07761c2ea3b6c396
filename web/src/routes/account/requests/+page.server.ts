import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import type { RequestStatus } from '#lib/api/types.ts';
import type { RepeatedRequest } from '#lib/api/schema.d.ts';
import { refused, toLogin } from '#lib/credits/login.server.ts';
import { statusTags } from '#lib/requests/statusTags.ts';
import type { Actions, PageServerLoad } from './$types';

const isStatus = (text: string | null): text is RequestStatus =>
  text !== null && Object.hasOwn(statusTags, text);

export const load: PageServerLoad = async ({ locals, url, parent }) => {
  const { me } = await parent();
  if (!me) redirect(303, `/account/login?next=${encodeURIComponent(url.pathname + url.search)}`);
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 200);
  const wanted = url.searchParams.get('status');
  const status = isStatus(wanted) ? wanted : '';
  const query = { page, ...(q && { q }), ...(status && { status }) };
  try {
    const requests = await locals.api.get('/api/requests', { params: { query } });
    return { requests, q, status, key: randomUUID(), now: new Date().toISOString() };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = {
  repeat: async ({ request, locals, url }) => {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? '');
    let repeated: RepeatedRequest;
    try {
      repeated = await locals.api.post('/api/requests/{id}/copies', {
        params: { path: { id: text('id') }, header: { 'idempotency-key': text('key') } },
      });
    } catch (cause) {
      return refused(cause, url.pathname, { id: text('id') });
    }
    if (repeated.notSold.length === 0) redirect(303, '/solution');
    return { repeated };
  },
};
