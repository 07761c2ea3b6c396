import { complaintActions, doneIn } from '#lib/complaints/actions.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { token } = params;
  return {
    token,
    complaint: await locals.api.get('/api/complaint-links/{token}', { params: { path: { token } } }),
    done: doneIn(url),
  };
};

export const actions: Actions = complaintActions(({ params }: RequestEvent) => ({ token: params.token }));
