import type { AgentState, OfferDetail } from '#lib/api/schema.d.ts';

export type Kind = AgentState['kind'];

/** A partner in the panel, with the offer that calls to it are about. */
export type Partner = { vendor: OfferDetail['vendor']; country: string | null; offerId: string };

/** What a partner's team can do for the buyer at this moment. */
export type Team =
  | { status: 'available'; free: number }
  | { status: 'busy' | 'away' }
  | { status: 'offline'; from: string | null };

/** The agents who are responsible for one of the offers, each once. */
export function agentsOf(offers: readonly Pick<OfferDetail, 'agents'>[]): AgentState[] {
  const agents = offers.flatMap((offer) => offer.agents);
  return [...new Map(agents.map((agent) => [agent.id, agent])).values()];
}

/** Returns the partners of a product in the order of their offers; a call is about the first offer of each. */
export function partnersOf(offers: readonly OfferDetail[]): Partner[] {
  const partners = new Map<string, Partner>();
  for (const { id, vendor, vendorCountry } of offers) {
    if (!partners.has(vendor.id)) partners.set(vendor.id, { vendor, country: vendorCountry, offerId: id });
  }
  return [...partners.values()];
}

/** Returns the ids of the vendors of these offers. */
export const vendorsOf = (offers: readonly OfferDetail[], offerIds: readonly string[]): string[] =>
  offers.filter(({ id }) => offerIds.includes(id)).map(({ vendor }) => vendor.id);

export const ofTeam = (agents: readonly AgentState[], vendorId: string, kind?: Kind): AgentState[] =>
  agents.filter((agent) => agent.vendorId === vendorId && (!kind || agent.kind === kind));

/**
 * Returns the best status of the team's agents, undefined for a team without agents. An offline team includes when the
 * first agent is back.
 */
export function teamState(team: readonly AgentState[]): Team | undefined {
  if (team.length === 0) return undefined;
  const free = team.filter(({ status }) => status === 'available').length;
  if (free > 0) return { status: 'available', free };
  for (const status of ['busy', 'away'] as const) {
    if (team.some((agent) => agent.status === status)) return { status };
  }
  const times = team.flatMap(({ worksFrom }) => worksFrom ?? []);
  return { status: 'offline', from: times.toSorted()[0] ?? null };
}

/**
 * Returns the partner that the panel shows first: the one that the URL names, else of the partners ticked to be asked the
 * first with a free agent or the first with agents, else of all partners the same.
 */
export function firstPartner(
  partners: readonly Partner[],
  agents: readonly AgentState[],
  named: string | null,
  ticked: readonly string[],
): Partner | undefined {
  const isTicked = ({ vendor }: Partner) => ticked.includes(vendor.id);
  const has = (from: readonly Partner[], status?: AgentState['status']) =>
    from.find(({ vendor }) => ofTeam(agents, vendor.id).some((agent) => !status || agent.status === status));
  const asked = partners.filter(isTicked);
  return (
    partners.find(({ vendor }) => vendor.id === named) ??
    has(asked, 'available') ??
    has(asked) ??
    has(partners, 'available') ??
    has(partners) ??
    partners[0]
  );
}

/** Returns the team shown first: sales, unless only support is there. */
export const firstKind = (team: readonly AgentState[]): Kind =>
  team.some(({ kind }) => kind === 'sales') || team.length === 0 ? 'sales' : 'support';

/** Returns those who can be called first, then the busy, the away, the offline; each group in its order. */
export function byReadiness(team: readonly AgentState[]): AgentState[] {
  const order = ['available', 'busy', 'away', 'offline'];
  return team.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

/** Returns two initials in place of a picture. */
export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
