import { error } from '@sveltejs/kit';
import { addLine, loadListing } from '#lib/catalog/listing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { result, ...data } = await loadListing(event, { category: event.params.path });
  if (!result?.category) error(404, 'No such category');
  return { ...data, result, category: result.category };
};

export const actions: Actions = { add: addLine };
