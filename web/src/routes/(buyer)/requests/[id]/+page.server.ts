import { decisionActions, loadRequest, type Place } from '#lib/compare/decisions.ts';
import type { Actions, PageServerLoad } from './$types';

const placeOf = ({ id = '' }: { id?: string }): Place => ({
  path: `/api/requests/${encodeURIComponent(id)}`,
  message: (enquiryId, text) => [`/api/enquiries/${encodeURIComponent(enquiryId)}/messages`, { text }],
});

export const load: PageServerLoad = (event) => loadRequest(event, placeOf(event.params));

export const actions: Actions = decisionActions(placeOf);
