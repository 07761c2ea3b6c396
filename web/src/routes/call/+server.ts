import { redirect } from '@sveltejs/kit';
import { api, ApiError } from '#lib/api.ts';
import { ownPath } from '#lib/server/ownPath.ts';
import type { RequestHandler } from './$types';

/**
 * What the call bar and the panel do with the visitor's call, from any page and back to it: `hangup`, `share` and
 * `dismiss`. The page shows what became of it, so a refusal needs no words of its own.
 */
export const POST: RequestHandler = async ({ request, cookies, fetch, url }) => {
  const form = await request.formData();
  const id = cookies.get('call');
  const path = `/api/calls/${encodeURIComponent(id ?? '')}`;
  try {
    if (id && form.get('do') === 'hangup') await api(fetch).post(`${path}/hangup`);
    if (id && form.get('do') === 'share') {
      await api(fetch).put(`${path}/sharing`, { shared: form.get('shared') === 'true' });
    }
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
  }
  if (form.get('do') === 'dismiss') cookies.delete('call', { path: '/' });
  redirect(303, ownPath(String(form.get('to') ?? '/'), url.origin));
};
