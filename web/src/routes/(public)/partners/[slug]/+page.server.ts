import { redirect } from '@sveltejs/kit';
import { addLine, loadListing } from '#lib/catalog/listing.server.ts';
import { vendorPath } from '#lib/catalog/paths.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { slug } = event.params;
  const [partner, data] = await Promise.all([
    event.locals.api.get('/api/vendors/{id}', { params: { path: { id: slug } } }),
    loadListing(event, { vendor: slug }),
  ]);
  if (partner.slug !== slug) redirect(308, vendorPath(partner) + event.url.search);
  const quality = await event.locals.api.get('/api/vendors/{id}/quality', {
    params: { path: { id: partner.id } },
  });
  return { ...data, partner, quality };
};

export const actions: Actions = { add: addLine };
