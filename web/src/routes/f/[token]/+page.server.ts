import { addToAccount, canAdd } from '#lib/compare/adding.server.ts';
import { decisionActions, loadRequest } from '#lib/compare/decisions.ts';
import { followedRequest } from '#lib/compare/places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const [followed, { me }] = await Promise.all([loadRequest(event, followedRequest), event.parent()]);
  return { ...followed, canAdd: await canAdd(event.locals.api, followed.request, me) };
};

export const actions: Actions = { ...decisionActions(followedRequest), add: addToAccount };
