import * as money from '#server/platform/money.ts';
import type { ResponsibleAgent } from '#server/vendors/service.ts';
import * as rules from './rules.ts';
import type { Specification } from './schema.ts';

/** A line of a solution with one vendor's present terms; `offer` is null when nobody is asked for it. */
export interface DraftRow {
  lineId: string;
  position: number;
  quantity: number;
  options: Record<string, string>;
  note: string;
  product: {
    id: number;
    code: string;
    name: string;
    kind: 'product' | 'service';
    image: string | null;
    categoryPath: string;
  };
  offer: DraftOffer | null;
}

export interface DraftOffer {
  id: number;
  sku: string;
  price: string | null;
  priceBreaks: [number, string][];
  currency: string;
  unit: string;
  minimum: number;
  packSize: number;
  leadTimeDays: number | null;
  vendor: { id: number; name: string; email: string | null; timeZone: string; locale: string };
}

export type Asked = DraftRow & { offer: DraftOffer };

/** One vendor's part: its lines, its official address, and its agents responsible for at least one of them. */
export interface Part {
  vendor: DraftOffer['vendor'];
  lines: Asked[];
  agents: ResponsibleAgent[];
}

/** The parts in the order in which the lines name their vendors. */
export function partsOf(rows: readonly DraftRow[], agents: readonly ResponsibleAgent[]): Part[] {
  const asked = rows.filter((row): row is Asked => row.offer !== null);
  const byOffer = Map.groupBy(agents, (agent) => agent.offerId);
  return [...Map.groupBy(asked, (row) => row.offer.vendor.id).values()].map((lines) => {
    const responsible = lines.flatMap((line) => byOffer.get(line.offer.id) ?? []);
    const once = new Map(responsible.map((agent) => [agent.agentId, agent]));
    return { vendor: lines[0]!.offer.vendor, lines, agents: [...once.values()].toSorted(byKindAndName) };
  });
}

const byKindAndName = (a: ResponsibleAgent, b: ResponsibleAgent) =>
  a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name) || a.agentId - b.agentId;

export interface Recipient {
  role: 'vendor' | 'agent';
  agent: ResponsibleAgent | null;
  email: string;
  name: string;
  locale: string;
}

/** Who gets a vendor's enquiry: its official address and the responsible agents, each address once. */
export function recipientsOf({ vendor, agents }: Part): Recipient[] {
  if (vendor.email === null) return [];
  const official: Recipient = {
    role: 'vendor',
    agent: null,
    email: vendor.email,
    name: vendor.name,
    locale: vendor.locale,
  };
  const all = [official, ...agents.map((agent): Recipient => ({ role: 'agent', agent, ...pick(agent) }))];
  const byAddress = Map.groupBy(all, (recipient) => recipient.email.toLowerCase());
  return [...byAddress.values()].flatMap(([first]) => first ?? []);
}

const pick = ({ email, name, locale }: ResponsibleAgent) => ({ email, name, locale });

export interface SpecificationProblem {
  code:
    | 'solution_empty'
    | 'no_vendor_to_ask'
    | 'one_vendor_per_order_line'
    | 'one_offer_per_vendor'
    | 'vendor_not_reachable'
    | 'quantity_not_sellable';
  lineId?: string;
  position?: number;
}

/** What keeps the lines from being sent as this kind, in the order of the lines; each reason once a line. */
export function problemsOf(rows: readonly DraftRow[], kind: 'quote' | 'order'): SpecificationProblem[] {
  if (rows.length === 0) return [{ code: 'solution_empty' }];
  return [...Map.groupBy(rows, (row) => row.lineId).values()].flatMap((ofLine) => {
    const { lineId, position, quantity } = ofLine[0]!;
    const offers = ofLine.flatMap((row) => row.offer ?? []);
    const vendors = new Set(offers.map((offer) => offer.vendor.id));
    const found: [boolean, SpecificationProblem['code']][] = [
      [offers.length === 0, 'no_vendor_to_ask'],
      [kind === 'order' && offers.length > 1, 'one_vendor_per_order_line'],
      [vendors.size < offers.length, 'one_offer_per_vendor'],
      [offers.some((offer) => offer.vendor.email === null), 'vendor_not_reachable'],
      [offers.some((offer) => !rules.isSellable(offer, quantity)), 'quantity_not_sellable'],
    ];
    return found.flatMap(([holds, code]) => (holds ? { code, lineId, position } : []));
  });
}

/** The list price each of one offer at the line's quantity, as PostgreSQL takes it; null is "on request". */
export function listPrice({ offer, quantity }: Asked): string | null {
  const price = money.priceAt(offer.price, offer.priceBreaks, quantity);
  return price === null ? null : money.format(price, offer.currency);
}

/** The specification as it would be sent now. */
export function specification(
  solutionId: string,
  kind: 'quote' | 'order',
  rows: readonly DraftRow[],
  agents: readonly ResponsibleAgent[],
): Specification {
  const byLine = [...Map.groupBy(rows, (row) => row.lineId).values()];
  return {
    solutionId,
    kind,
    lineCount: byLine.length,
    parts: partsOf(rows, agents).map(partWire),
    totals: rules.totalsPerCurrency(
      byLine.map((ofLine) => ofLine.flatMap((row) => (isAsked(row) ? [totalOf(row)] : []))),
    ),
    problems: problemsOf(rows, kind).map(({ code, lineId }) => ({ code, ...(lineId ? { lineId } : {}) })),
  };
}

const isAsked = (row: DraftRow): row is Asked => row.offer !== null;

const totalOf = (row: Asked) => rules.lineTotal(listPrice(row), row.quantity, row.offer.currency);

function partWire(part: Part): Specification['parts'][number] {
  const totals = part.lines.map(totalOf);
  const addressees = new Set(recipientsOf(part).map((recipient) => recipient.agent?.agentId));
  return {
    vendor: { id: String(part.vendor.id), name: part.vendor.name },
    email: part.vendor.email,
    agents: part.agents
      .filter((agent) => addressees.has(agent.agentId))
      .map(({ name, kind }) => ({ name, kind })),
    lines: part.lines.map((line) => ({
      lineId: line.lineId,
      position: line.position,
      product: { id: String(line.product.id), name: line.product.name, code: line.product.code },
      sku: line.offer.sku,
      quantity: line.quantity,
      unit: line.offer.unit,
      options: line.options,
      note: line.note,
      listPrice: money.fromDatabase(listPrice(line), line.offer.currency),
      lineTotal: totalOf(line),
      leadTimeDays: line.offer.leadTimeDays,
    })),
    subtotals: rules.totalsPerCurrency(totals.map((total) => [total])).map(({ low }) => low),
    onRequest: totals.filter((total) => total === null).length,
  };
}
