import { carriedOut, typedIn } from '#lib/company/form.server.ts';
import { ApiError } from '#lib/api/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params, parent }) => {
  const invitation = await api.get('/api/invitations/{token}', {
    params: { path: { token: params.token } },
  });
  const { me } = await parent();
  const company = me
    ? await api.get('/api/company').catch((cause: unknown) => {
        if (cause instanceof ApiError) return null;
        throw cause;
      })
    : null;
  return { invitation, own: me?.email ?? null, isInCompany: company !== null };
};

export const actions: Actions = {
  join: async ({ request, locals, url }) => {
    const path = { id: typedIn(await request.formData())('id') };
    const post = () => locals.api.post('/api/account/invitations/{id}/acceptance', { params: { path } });
    return carriedOut(post, {
      ...{ back: url.pathname, next: '/account/company?said=joined', values: { doing: 'join' } },
    });
  },
  decline: async ({ request, locals, url }) => {
    const path = { id: typedIn(await request.formData())('id') };
    return carriedOut(() => locals.api.delete('/api/account/invitations/{id}', { params: { path } }), {
      ...{ back: url.pathname, next: '/account/company?said=declined', values: { doing: 'decline' } },
    });
  },
};
