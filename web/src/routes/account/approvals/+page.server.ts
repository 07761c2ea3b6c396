import { ApiError } from '#lib/api/problem.ts';
import { toLogin } from '#lib/credits/login.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { api }, url }) => {
  const page = Math.min(1_000, Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1));
  try {
    return { approvals: await api.get('/api/approvals', { params: { query: { page } } }) };
  } catch (cause) {
    // Without a company.
    if (cause instanceof ApiError && cause.status === 403) return { approvals: null };
    return toLogin(cause, url);
  }
};
