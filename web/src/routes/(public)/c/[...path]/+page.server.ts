import { error } from '@sveltejs/kit';
import { addLine, loadListing } from '#lib/catalog/listing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { listing, result, inSolution } = await loadListing(event, { category: event.params.path });
  if (!result?.category) error(404, 'No such category');
  return { listing, result, inSolution, category: result.category };
};

export const actions: Actions = { add: addLine };
