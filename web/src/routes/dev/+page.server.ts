import type { DemoPerson } from '#server/dev/schema.ts';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch }) => ({
  people: await api(fetch).get<DemoPerson[]>('/dev/people.json'),
});
