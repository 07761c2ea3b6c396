import { redirect } from '@sveltejs/kit';
import { ApiError } from '#lib/api/problem.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals, depends }) => {
  depends('app:desk');
  try {
    return { desk: await locals.api.get('/api/agent/desk') };
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 401) redirect(303, '/account/login?next=/agent');
    throw cause;
  }
};
