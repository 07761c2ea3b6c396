import { listComplaints } from '#lib/complaints/listing.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => listComplaints(locals.api, url);
