import { decisionActions, loadRequest } from '#lib/compare/decisions.ts';
import { followedRequest } from '#lib/compare/places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadRequest(event, followedRequest);

export const actions: Actions = decisionActions(followedRequest);
