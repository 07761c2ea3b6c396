import type { Desk } from '#lib/api/schema.d.ts';
import { redirect } from '@sveltejs/kit';
import { api, ApiError } from '#lib/api.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ fetch, depends }) => {
  depends('app:desk');
  try {
    return { desk: await api(fetch).get<Desk>('/api/agent/desk') };
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 401) redirect(303, '/account/login?next=/agent');
    throw cause;
  }
};
