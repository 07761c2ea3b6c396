import { agentsOf, firstPartner, ofTeam, partnersOf, vendorsOf } from '#lib/calls/agents.ts';
import type { Locale } from '#server/common/locales.ts';
import { loadSupportForm } from '#lib/calls/supportForm.ts';
import { usualOffers } from '#lib/catalog/offers.ts';
import type { PageLoadEvent, PageServerData } from './$types';

/** What the page's component shows, but for what `partsFor` adds. */
export type Loaded = PageServerData & Pick<Awaited<ReturnType<PageLoadEvent['parent']>>, 'call' | 'demo'>;

export type ProductData = Loaded & Awaited<ReturnType<typeof partsFor>>;

/** Returns the partner in the panel, and the parts of the panel that this visit needs at once. */
export async function partsFor(
  { product, partner: named, callBacks, call, team: namedTeam }: Loaded,
  locale: Locale,
) {
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
  const [CallView, CallBackForm, CallBackAsked, SupportForm] = await Promise.all([
    isHere ? import('#lib/calls/CallView.svelte') : null,
    mayAskBack ? import('#lib/calls/CallBackForm.svelte') : null,
    callBacks.length > 0 ? import('#lib/calls/CallBackAsked.svelte') : null,
    namedTeam === 'support' ? loadSupportForm(locale) : null,
  ]);
  return {
    partnerId: partner?.vendor.id ?? null,
    parts: {
      CallView: CallView?.default ?? null,
      CallBackForm: CallBackForm?.default ?? null,
      CallBackAsked: CallBackAsked?.default ?? null,
      SupportForm,
    },
  };
}

const isShut = (team: ReturnType<typeof ofTeam>, kind: string): boolean => {
  const agents = team.filter((agent) => agent.kind === kind);
  return agents.length > 0 && agents.every(({ status }) => status !== 'available');
};
