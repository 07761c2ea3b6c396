import { agentsOf, firstPartner, ofTeam, partnersOf, vendorsOf } from '#lib/calls/agents.ts';
import { usualOffers } from '#lib/catalog/offers.ts';
import type { PageLoad } from './$types';

/** Loads the parts of the panel that this visit needs at once. */
export const load: PageLoad = async ({ data, parent }) => {
  const { call } = await parent();
  const { product, partner: named } = data;
  const partners = partnersOf(product.offers);
  const agents = agentsOf(product.offers);
  const isHere = call?.product.id === product.id;
  const partner = firstPartner(
    partners,
    agents,
    named ?? (isHere ? call.vendor.id : null),
    vendorsOf(product.offers, usualOffers(product.offers)),
  );
  const team = partner ? ofTeam(agents, partner.vendor.id) : [];
  const mayAskBack = team.length > 0 && ['sales', 'support'].some((kind) => isShut(team, kind));
  const [CallView, CallBackForm, CallBackAsked] = await Promise.all([
    isHere ? import('#lib/calls/CallView.svelte') : null,
    mayAskBack ? import('#lib/calls/CallBackForm.svelte') : null,
    data.callBacks.length > 0 ? import('#lib/calls/CallBackAsked.svelte') : null,
  ]);
  return {
    ...data,
    partnerId: partner?.vendor.id ?? null,
    parts: {
      CallView: CallView?.default ?? null,
      CallBackForm: CallBackForm?.default ?? null,
      CallBackAsked: CallBackAsked?.default ?? null,
    },
  };
};

const isShut = (team: ReturnType<typeof ofTeam>, kind: string): boolean => {
  const agents = team.filter((agent) => agent.kind === kind);
  return agents.length > 0 && agents.every(({ status }) => status !== 'available');
};
