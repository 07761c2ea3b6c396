import * as money from '#server/common/money.ts';
import * as solutions from '#server/solutions/service.ts';
import type { StoredLine, StoredOffer } from '#server/solutions/service.ts';
import { ratingOf, type ResponsibleAgent } from '#server/vendors/service.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { refuse, type RequestRefusal, titleOf } from '../refusals.ts';
import type { Specification } from './schema.ts';

/** One line as one vendor gets it. */
export interface AskedLine {
  line: StoredLine;
  offer: StoredOffer;
}

type Agent = Omit<ResponsibleAgent, 'offerId' | 'isCalled'>;

/**
 * One vendor's part: its lines, its official address, and its agents: those with whom the buyer talked, the latest
 * first, then all others who answer for at least one of the lines.
 */
export interface Part {
  vendor: StoredOffer['vendor'];
  lines: AskedLine[];
  agents: Agent[];
  /** How many of the agents the buyer talked with. */
  known: number;
}

/** Returns the parts in the order in which the lines name their vendors. */
export function partsOf(
  lines: readonly StoredLine[],
  agents: readonly ResponsibleAgent[],
  spokenWith: readonly Agent[],
): Part[] {
  const asked = lines.flatMap((line) => solutions.askedOffers(line).map((offer) => ({ line, offer })));
  const byOffer = Map.groupBy(agents, (agent) => agent.offerId);
  return [...Map.groupBy(asked, ({ offer }) => offer.vendor.id).values()].map((own) => {
    const { vendor } = own[0]!.offer;
    const known = spokenWith.filter(({ vendorId }) => vendorId === vendor.id);
    const responsible = own.flatMap(({ offer }) => byOffer.get(offer.id) ?? []).toSorted(byKindAndName);
    const once = new Map([...known, ...responsible].map((agent) => [agent.agentId, agent]));
    return { vendor, lines: own, agents: [...once.values()], known: known.length };
  });
}

const byKindAndName = (a: Agent, b: Agent) =>
  a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name) || a.agentId - b.agentId;

export interface Recipient {
  role: 'vendor' | 'agent';
  agentId?: number;
  email: string;
  name: string;
  locale: string;
}

/**
 * Returns who gets a vendor's enquiry, in this order: the agents with whom the buyer talked, the official address,
 * the other agents; each address once.
 */
export function recipientsOf({ vendor, agents, known }: Part): Recipient[] {
  if (vendor.email === null) return [];
  const { email, name, locale } = vendor;
  const asRecipients: Recipient[] = agents.map((agent) => ({ role: 'agent', ...agent }));
  const everybody: Recipient[] = [
    ...asRecipients.slice(0, known),
    { role: 'vendor', email, name, locale },
    ...asRecipients.slice(known),
  ];
  const byAddress = Map.groupBy(everybody, (recipient) => recipient.email.toLowerCase());
  return [...byAddress.values()].flatMap(([first]) => first ?? []);
}

export interface SpecificationProblem {
  code: RequestRefusal;
  line?: StoredLine;
}

/** Returns what keeps the lines from being sent as this kind, in the order of the lines; each reason once a line. */
export function problemsOf(lines: readonly StoredLine[], kind: 'quote' | 'order'): SpecificationProblem[] {
  if (lines.length === 0) return [{ code: 'solution_empty' }];
  return lines.flatMap((line) => {
    const asked = solutions.askedOffers(line);
    const codes: RequestRefusal[] = [];
    if (kind === 'order' && asked.length > 1) codes.push('one_vendor_per_order_line');
    if (new Set(asked.map((offer) => offer.vendor.id)).size < asked.length)
      codes.push('one_offer_per_vendor');
    return [...codes, ...solutions.problemsOf(line)].map((code) => ({ code, line }));
  });
}

/** Refuses lines that can't be sent, by the code of the first problem. Each problem's path is `lines.<line id>`. */
export function requireSendable(lines: readonly StoredLine[], kind: 'quote' | 'order'): void {
  const problems = problemsOf(lines, kind);
  if (!problems[0]) return;
  const errors = problems.map(({ code, line }): FieldError => ({
    path: line ? `lines.${line.id}` : 'lines',
    code,
    message: line ? `Line ${line.position}: ${titleOf(code)}` : titleOf(code),
  }));
  throw refuse(problems[0].code, { errors });
}

/** Returns the list price each at the line's quantity, as PostgreSQL takes it; null is "on request". */
export function listPrice({ line, offer }: AskedLine): string | null {
  const price = money.priceAt(offer.price, offer.priceBreaks, line.quantity);
  return price === null ? null : money.format(price, offer.currency);
}

/** Returns the specification as it would be sent now. */
export function specification(
  solution: solutions.SolutionWithLines,
  kind: 'quote' | 'order',
  parts: readonly Part[],
): Specification {
  const { lines } = solution;
  return {
    solutionId: solution.solution.id,
    kind,
    lineCount: lines.length,
    parts: parts.map(partWire),
    totals: solutions.totalsOf(lines),
    problems: problemsOf(lines, kind).map(({ code, line }) => ({
      code,
      ...(line ? { lineId: line.id, position: line.position, name: line.product.name } : {}),
    })),
  };
}

function partWire(part: Part): Specification['parts'][number] {
  const totals = part.lines.map(({ line, offer }) =>
    money.lineMoney(money.parse(listPrice({ line, offer })), line.quantity, offer.currency),
  );
  const addressees = new Set(recipientsOf(part).map((recipient) => recipient.agentId));
  return {
    vendor: { id: String(part.vendor.id), name: part.vendor.name, rating: ratingOf(part.vendor) },
    email: part.vendor.email,
    agents: part.agents
      .filter((agent) => addressees.has(agent.agentId))
      .map(({ name, kind }) => ({ name, kind })),
    lines: part.lines.map((asked, index) => ({
      lineId: asked.line.id,
      position: asked.line.position,
      product: {
        id: String(asked.line.product.id),
        name: asked.line.product.name,
        code: asked.line.product.code,
      },
      sku: asked.offer.sku,
      quantity: asked.line.quantity,
      unit: asked.offer.unit,
      options: asked.line.options,
      note: asked.line.note,
      listPrice: money.fromDatabase(listPrice(asked), asked.offer.currency),
      lineTotal: totals[index] ?? null,
      leadTimeDays: asked.offer.leadTimeDays,
    })),
    subtotals: money.sumPerCurrency(totals),
    onRequest: totals.filter((total) => total === null).length,
  };
}
