import { randomUUID } from 'node:crypto';
import type { Phones } from '#server/dev/schema.ts';
import { api } from '#lib/api.ts';
import { numbersIn } from './numbers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, url }) => ({
  phones: await api(fetch).get<Phones>('/dev/phones.json'),
  opened: numbersIn(url.searchParams),
  // Whose phones these are: when this page goes away, they go back to playing themselves.
  holder: randomUUID(),
});
