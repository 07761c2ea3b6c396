import { rateCall } from '#lib/calls/actions.server.ts';
import { toLogin } from '#lib/credits/login.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { id }, url }) => {
  try {
    const call = await api.get('/api/calls/{id}', { params: { path: { id } } });
    return { call, said: url.searchParams.get('said') };
  } catch (cause) {
    return toLogin(cause, url);
  }
};

export const actions: Actions = { rate: rateCall };
