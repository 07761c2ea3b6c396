import { decisionActions, loadRequest, ownLinkAction } from '#lib/compare/decisions.ts';
import { ownRequest } from '#lib/compare/places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => loadRequest(event, ownRequest);

export const actions: Actions = {
  ...decisionActions(ownRequest),
  revokeOwn: ownLinkAction('delete'),
  renewOwn: ownLinkAction('post'),
};
