import { decisionActions, loadRequest, type Place } from '#lib/compare/decisions.ts';
import type { Actions, PageServerLoad } from './$types';

const placeOf = ({ token = '' }: { token?: string }): Place => {
  const path = `/api/follow/${encodeURIComponent(token)}`;
  return { path, message: (enquiryId, text) => [`${path}/messages`, { enquiryId, text }] };
};

export const load: PageServerLoad = (event) => loadRequest(event, placeOf(event.params));

export const actions: Actions = decisionActions(placeOf);
