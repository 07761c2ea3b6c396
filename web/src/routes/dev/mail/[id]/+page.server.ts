import { error } from '@sveltejs/kit';
import { demoApi } from '../../demo.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, url } = event;
  const mails = await demoApi(event).get('/dev/mail.json');
  const mail = mails.find(({ id }) => id === params.id);
  if (!mail) error(404);
  return { mail, asText: url.searchParams.get('view') === 'text' || mail.html === null };
};
