import { complaintActions, doneIn } from '#lib/complaints/actions.server.ts';
import { readComplaint } from '#lib/complaints/listing.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => ({
  complaint: await readComplaint(locals.api, params.id, url),
  done: doneIn(url),
});

export const actions: Actions = complaintActions(({ params }: RequestEvent) => ({ id: params.id }));
