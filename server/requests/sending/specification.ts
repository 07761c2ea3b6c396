import * as money from '#server/common/money.ts';
import type { ListTotal } from '#server/rates/schema.ts';
import * as rates from '#server/rates/service.ts';
import * as solutions from '#server/solutions/service.ts';
import type { StoredLine, StoredOffer } from '#server/solutions/service.ts';
import { ratingOf, type ResponsibleAgent } from '#server/vendors/service.ts';
import type { FieldError } from '#server/platform/errors.ts';
import { refuse, type RequestRefusal, titleOf } from '../refusals.ts';
import type { Specification } from './schema.ts';

/** A line as asked of one vendor. */
export interface AskedLine {
  line: StoredLine;
  offer: StoredOffer;
}

type Agent = Omit<ResponsibleAgent, 'offerId' | 'isCalled'>;

/**
 * One vendor's lines and agents: first those with whom the buyer spoke, latest first, then the others responsible for
 * at least one line.
 */
export interface VendorPart {
  vendor: StoredOffer['vendor'];
  lines: AskedLine[];
  agents: Agent[];
  /** The number of agents with whom the buyer spoke. */
  spokenWithCount: number;
}

/** Returns the parts by vendor, in the order of the lines. */
export function partsOf(
  lines: readonly StoredLine[],
  agents: readonly ResponsibleAgent[],
  spokenWith: readonly Agent[],
): VendorPart[] {
  const asked = lines.flatMap((line) => solutions.askedOffers(line).map((offer) => ({ line, offer })));
  const byOffer = Map.groupBy(agents, (agent) => agent.offerId);
  return [...Map.groupBy(asked, ({ offer }) => offer.vendor.id).values()].map((own) => {
    const { vendor } = own[0]!.offer;
    const knownAgents = spokenWith.filter(({ vendorId }) => vendorId === vendor.id);
    const responsible = own.flatMap(({ offer }) => byOffer.get(offer.id) ?? []).toSorted(byKindAndName);
    const once = new Map([...knownAgents, ...responsible].map((agent) => [agent.agentId, agent]));
    return { vendor, lines: own, agents: [...once.values()], spokenWithCount: knownAgents.length };
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

/** Returns the recipients, each address once: agents with whom the buyer spoke, the official address, other agents. */
export function recipientsOf({ vendor, agents, spokenWithCount }: VendorPart): Recipient[] {
  if (vendor.email === null) return [];
  const { email, name, locale } = vendor;
  const asRecipients: Recipient[] = agents.map((agent) => ({ role: 'agent', ...agent }));
  const everybody: Recipient[] = [
    ...asRecipients.slice(0, spokenWithCount),
    { role: 'vendor', email, name, locale },
    ...asRecipients.slice(spokenWithCount),
  ];
  const byAddress = Map.groupBy(everybody, (recipient) => recipient.email.toLowerCase());
  return [...byAddress.values()].flatMap(([first]) => first ?? []);
}

export interface SpecificationProblem {
  code: RequestRefusal;
  line?: StoredLine;
}

/** Returns why the lines can't be sent as this kind, in their order; each code once per line. */
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

/** Refuses lines that can't be sent, with the first problem's code. Errors have the path `lines.<line id>`. */
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

/** Returns the unit list price at the line's quantity, as a decimal string; null: "on request". */
export function listPrice({ line, offer }: AskedLine): string | null {
  const price = money.priceAt(offer.price, offer.priceBreaks, line.quantity);
  return price === null ? null : money.format(price, offer.currency);
}

/** Returns the specification as it would be sent. */
export function specification(
  solution: solutions.SolutionWithLines,
  { kind, version, last }: Pick<Specification, 'kind' | 'version' | 'last'>,
  parts: readonly VendorPart[],
  { listTotal, scale }: { listTotal: ListTotal; scale: rates.Scale },
): Specification {
  const { lines } = solution;
  const inSeveral = lines.filter((line) => solutions.totalsOf([line]).length > 1).map(({ id }) => id);
  return {
    solutionId: solution.solution.id,
    kind,
    version,
    lineCount: lines.length,
    parts: parts.map((part) => partView(part, scale, new Set(inSeveral))),
    totals: solutions.totalsOf(lines),
    listTotal,
    last,
    problems: problemsOf(lines, kind).map(({ code, line }) => ({
      code,
      ...(line ? { lineId: line.id, position: line.position, name: line.product.name } : {}),
    })),
  };
}

/** `compared`: the lines whose prices are in several currencies. */
function partView(
  part: VendorPart,
  scale: rates.Scale,
  compared: ReadonlySet<string>,
): Specification['parts'][number] {
  const totals = part.lines.map(({ line, offer }) =>
    money.lineMoney(money.parse(listPrice({ line, offer })), line.quantity, offer.currency),
  );
  const aboutOf = (line: StoredLine, total: money.Money | null = null) => {
    const about = compared.has(line.id) ? rates.aboutLowest([total], scale) : undefined;
    return about && { about };
  };
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
      ...aboutOf(asked.line, totals[index]),
      leadTimeDays: asked.offer.leadTimeDays,
    })),
    subtotals: money.sumPerCurrency(totals),
    onRequest: totals.filter((total) => total === null).length,
  };
}
