import { randomUUID } from 'node:crypto';
import { decisionActions, loadRequest, ownLinkAction } from '#lib/compare/decisions.ts';
import { ownRequest } from '#lib/compare/places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  ...(await loadRequest(event, ownRequest)),
  // One page view makes one new solution, even if its button is pressed several times.
  repeatKey: randomUUID(),
});

export const actions: Actions = {
  ...decisionActions(ownRequest),
  revokeOwn: ownLinkAction('delete'),
  renewOwn: ownLinkAction('post'),
};
