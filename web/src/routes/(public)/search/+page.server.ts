import { addLine, loadListing } from '#lib/catalog/listing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadListing(event);

export const actions: Actions = { add: addLine };
