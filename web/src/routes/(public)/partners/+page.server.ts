import type { VendorList } from '#lib/api/types.ts';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;

export const load: PageServerLoad = async ({ fetch, url }) => {
  const asked = Number(url.searchParams.get('page'));
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 100_000 ? asked : 1;
  return { partners: await api(fetch).get<VendorList>('/api/vendors', { query: { page, perPage } }) };
};
