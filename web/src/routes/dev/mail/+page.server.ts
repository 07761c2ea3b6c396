import { demoApi } from '../demo.server.ts';
import type { PageServerLoad } from './$types';

const perPage = 50;

export const load: PageServerLoad = async (event) => {
  const { url, depends } = event;
  depends('app:mail');
  const mails = await demoApi(event).get('/dev/mail.json');
  const to = url.searchParams.get('to')?.trim() ?? '';
  const wanted = mails.filter((mail) => mail.to.toLowerCase().includes(to.toLowerCase()));
  const pages = Math.max(1, Math.ceil(wanted.length / perPage));
  const asked = Math.trunc(Number(url.searchParams.get('page')));
  const page = Math.min(Math.max(asked || 1, 1), pages);
  return {
    to,
    total: wanted.length,
    page,
    perPage,
    // Only the fields of the list; the parts of a mail are on its own page.
    mails: wanted
      .slice((page - 1) * perPage, page * perPage)
      .map(({ id, to: recipient, subject, at }) => ({ id, to: recipient, subject, at })),
  };
};
