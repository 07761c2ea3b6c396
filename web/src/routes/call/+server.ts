import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';
import { dismissCall } from '#lib/calls/shown.ts';
import { ownPath } from '#lib/server/ownPath.ts';
import type { RequestHandler } from './$types';

/**
 * Runs the actions of the call bar and the panel, `hangup`, `share` and `dismiss`, and redirects to the page they came
 * from. The page shows the call's state, so a refusal needs no words.
 */
export const POST: RequestHandler = async ({ request, cookies, locals, url }) => {
  const form = await request.formData();
  const id = cookies.get('call');
  const params = { path: { id: id ?? '' } };
  try {
    if (id && form.get('do') === 'hangup') await locals.api.post('/api/calls/{id}/hangup', { params });
    if (id && form.get('do') === 'share') {
      const body = { shared: form.get('shared') === 'true' };
      await locals.api.put('/api/calls/{id}/sharing', { params, body });
    }
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
  }
  if (form.get('do') === 'dismiss') dismissCall(cookies, String(form.get('call') ?? ''));
  redirect(303, ownPath(String(form.get('to') ?? '/'), url.origin));
};
