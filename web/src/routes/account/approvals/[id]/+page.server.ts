import { carriedOut, typedIn } from '#lib/company/form.server.ts';
import { toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params, url }) => {
  const path = { id: params.id };
  const approval = await api
    .get('/api/approvals/{id}', { params: { path } })
    .catch((cause: unknown) => toLogin(cause, url));
  return { approval };
};

const decide = (decision: 'approve' | 'reject') => async (event: Parameters<Actions[string]>[0]) => {
  const { locals, params, url } = event;
  const note = typedIn(await event.request.formData())('note');
  const post = () =>
    locals.api.post('/api/approvals/{id}/decision', {
      params: { path: { id: params['id'] ?? '' } },
      body: { decision, ...(note && { note }) },
    });
  return carriedOut(post, { ...{ back: url.pathname, next: url.pathname }, values: { note } });
};

export const actions: Actions = {
  approve: decide('approve'),
  reject: decide('reject'),
  withdraw: async ({ locals, params, url }) => {
    const path = { id: params.id };
    return carriedOut(() => locals.api.post('/api/approvals/{id}/withdrawal', { params: { path } }), {
      ...{ back: url.pathname, next: url.pathname, values: { note: '' } },
    });
  },
};
