import type { CaughtMail } from '#server/dev/schema.ts';
import { error } from '@sveltejs/kit';
import { api } from '#lib/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ fetch, params, url }) => {
  const mails = await api(fetch).get<CaughtMail[]>('/dev/mail.json');
  const mail = mails.find(({ id }) => id === params.id);
  if (!mail) error(404);
  return { mail, asText: url.searchParams.get('view') === 'text' || mail.html === null };
};
