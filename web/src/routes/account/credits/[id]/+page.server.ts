import { toLogin } from '#lib/credits/login.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, params: { id }, url }) => {
  try {
    return { topUp: await api.get('/api/credits/top-ups/{id}', { params: { path: { id } } }) };
  } catch (cause) {
    return toLogin(cause, url);
  }
};
