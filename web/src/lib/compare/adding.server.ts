import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Api } from '#lib/api/paths.ts';
import { failFrom } from '#lib/api/fail.server.ts';
import { ApiError } from '#lib/api/problem.ts';
import type { Request } from '#lib/api/schema.d.ts';

/** Returns whether the logged-in buyer can add a followed request to their account: sent with their address, not theirs. */
export async function canAdd(
  api: Api,
  { id, contact }: Pick<Request, 'id' | 'contact'>,
  me: { email: string; role: string } | null,
): Promise<boolean> {
  if (me?.role !== 'buyer' || me.email !== contact.email.toLowerCase()) return false;
  try {
    await api.get('/api/requests/{id}', { params: { path: { id } } });
    return false;
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return true;
    throw cause;
  }
}

/** Adds the followed request to the account and shows it there. */
export async function addToAccount({ locals, params }: RequestEvent) {
  let id: string;
  try {
    ({ id } = await locals.api.post('/api/requests/additions', { body: { token: params['token'] ?? '' } }));
  } catch (cause) {
    return failFrom(cause, { doing: 'add', enquiryId: '', text: '' });
  }
  redirect(303, `/requests/${id}?said=added`);
}
