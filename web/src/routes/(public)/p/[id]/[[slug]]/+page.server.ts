import type { CallBack } from '#lib/api/schema.d.ts';
import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { cancelCallBack, rateCall, requestCallBack, startCall } from '#lib/calls/actions.server.ts';
import { agentsOf } from '#lib/calls/agents.ts';
import { addLine, linesWith } from '#lib/catalog/listing.server.ts';
import { withoutAction } from '#lib/catalog/actionPath.ts';
import { productPath } from '#lib/catalog/paths.ts';
import { mayBeLoggedIn, mayOwnSomething } from '#lib/server/visit.ts';
import { changeWish } from '#lib/account/wishing.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, cookies }) => {
  const product = await locals.api.get('/api/products/{id}', { params: { path: { id: params.id } } });
  // The id identifies the page, so old URLs of a renamed product keep working.
  if (params.slug !== product.slug) redirect(308, productPath(product) + url.search);
  const shown = [product.id, ...product.related.map(({ id }) => id)];
  const said = url.searchParams.get('said');
  const everyoneFree = agentsOf(product.offers).every(({ status }) => status === 'available');
  // Call-back requests are only read for visitors who may have made one.
  const mayHaveAsked = mayOwnSomething(cookies) && (said === 'call-back' || !everyoneFree);
  const team = url.searchParams.get('team') === 'support' ? ('support' as const) : null;
  const partner = url.searchParams.get('partner');
  // Staff and agents have no wish list.
  const wishes = mayBeLoggedIn(cookies)
    ? locals.api
        .get('/api/wishes', { params: { query: { product: product.id, perPage: 1 } } })
        .catch(() => null)
    : null;
  const [inSolution, callBacks, terms, wished] = await Promise.all([
    linesWith(locals.api, cookies, shown),
    mayHaveAsked ? locals.api.get('/api/call-backs').catch(() => null) : null,
    team && partner ? termsOf(locals, partner) : null,
    wishes,
  ]);
  const offerIds = product.offers.map(({ id }) => id);
  const isOpen = ({ status, offerId }: CallBack) =>
    (status === 'open' || status === 'calling') && offerIds.includes(offerId);
  return {
    product,
    inSolution,
    callBacks: callBacks?.items.filter(isOpen) ?? [],
    isWish: (wished?.total ?? 0) > 0,
    isWishFull: said === 'wish-full',
    /** The idempotency keys, so that a repeated click makes one call and one addition. */
    callKey: randomUUID(),
    addKey: randomUUID(),
    said,
    ...{ partner, team, terms },
    search: `?${withoutAction(url.search)}`,
    now: new Date().toISOString(),
  };
};

/** What a support call takes; null where the address names no partner, so that the page asks itself. */
const termsOf = ({ api }: App.Locals, vendor: string) =>
  api.get('/api/support-terms', { params: { query: { vendor } } }).catch(() => null);

export const actions: Actions = {
  add: addLine,
  call: startCall,
  callBack: requestCallBack,
  cancelCallBack,
  rate: rateCall,
  wish: changeWish('put'),
  unwish: changeWish('delete'),
};
