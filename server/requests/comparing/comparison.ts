import { ratesOldAfterDays } from '#server/common/currencies.ts';
import { money, type Money, parse } from '#server/common/money.ts';
import type { Quote, QuoteLine } from '../quotes/schema.ts';
import type { Enquiry, Request, RequestLine } from '../schema.ts';
import { applyPicks, chooseFewest, choosePerRow, type Candidate, type Row } from './choice.ts';
import { ranked, type Rates, type Scale, scaleOf } from './scale.ts';
import type { Comparison, ComparisonCell, ComparisonQuery } from './schema.ts';
import { orderedSum, summaryOf } from './summary.ts';

/**
 * Compares lines x vendors. Quotes stay in their own currency and are ranked within one currency, or at dated rates
 * if there are rates for all of them.
 */
export function compare(
  request: Request,
  rates: Rates | null,
  query: ComparisonQuery,
  today?: string,
): Comparison {
  const vendors = request.enquiries.map((enquiry) => {
    const quote = enquiry.quotes[0] ?? null;
    return { enquiry, quote, answers: new Map(quote?.lines.map((answer) => [answer.lineId, answer])) };
  });
  const scale = scaleOf(vendors, rates, query.currency);
  const rows = request.lines.map((line) => rowOf(line, vendors, scale));
  const chosen = choiceOf(rows, query);
  return {
    currency: scale.currency,
    ratesOf: scale.of,
    ratesOld: scale.of !== null && today !== undefined && isOld(scale.of, today),
    vendors: vendors.map(({ enquiry, quote }) => vendorOf(enquiry, quote, scale)),
    rows: rows.map((row) => {
      const picked = chosen.get(row.line.id);
      return {
        lineId: row.line.id,
        position: row.line.position,
        product: { id: row.line.product.id, code: row.line.product.code, name: row.line.product.name },
        quantity: row.line.quantity,
        unit: row.line.asked[0]?.unit ?? '',
        acceptedQuoteId: row.line.acceptedQuoteId,
        cells: row.cells.map((cell, vendor) => ({ ...cell, chosen: picked?.vendor === vendor })),
      };
    }),
    choice: summaryOf(request.enquiries, rows, chosen, scale),
    ordered: orderedSum(request.ordered, scale),
  };
}

const isOld = (day: string, today: string): boolean =>
  Date.parse(today) - Date.parse(day) > ratesOldAfterDays * 86_400_000;

interface Compared {
  enquiry: Enquiry;
  quote: Quote | null;
  /** The quote's lines by request line id. */
  answers: ReadonlyMap<string, QuoteLine>;
}

interface ComparedRow extends Row {
  line: RequestLine;
  cells: ComparisonCell[];
}

function rowOf(line: RequestLine, vendors: readonly Compared[], scale: Scale): ComparedRow {
  const cells = vendors.map((compared) => cellOf(line, compared, scale));
  const candidates = candidatesOf(line, cells, scale);
  const byPrice = comparable(candidates);
  const lowest = withLowest(byPrice, (candidate) => candidate.cost);
  const fastest = withLowest(candidates, (candidate) =>
    candidate.leadTimeDays === null ? null : BigInt(candidate.leadTimeDays),
  );
  for (const candidate of lowest) markCell(cells, candidate.vendor, { lowest: true });
  for (const candidate of fastest) markCell(cells, candidate.vendor, { fastest: true });
  return { line, lineId: line.id, cells, candidates };
}

function markCell(cells: ComparisonCell[], index: number, mark: Partial<ComparisonCell>): void {
  const cell = cells[index];
  if (cell) cells[index] = { ...cell, ...mark };
}

/** Returns all candidates if their costs are comparable, else none. */
function comparable(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.every((candidate) => candidate.currency === candidates[0]?.currency)) return candidates;
  return candidates.every((candidate) => candidate.converted) ? candidates : [];
}

/** Returns the smallest, ties included; none if fewer than two have a value. */
function withLowest(candidates: readonly Candidate[], valueOf: (c: Candidate) => bigint | null): Candidate[] {
  const valued = candidates.flatMap((candidate) => {
    const value = valueOf(candidate);
    return value === null ? [] : [{ candidate, value }];
  });
  if (valued.length < 2) return [];
  const smallest = valued.reduce(
    (least, { value }) => (value < least ? value : least),
    valued[0]?.value ?? 0n,
  );
  return valued.filter(({ value }) => value === smallest).map(({ candidate }) => candidate);
}

const unmarked = { lowest: false, fastest: false, chosen: false, accepted: false, choosable: false };

function cellOf(line: RequestLine, { enquiry, quote, answers }: Compared, scale: Scale): ComparisonCell {
  const base = { enquiryId: enquiry.id, ...unmarked };
  const asked = line.asked.find((question) => question.enquiryId === enquiry.id);
  if (!asked) return { ...base, state: 'not_asked' };
  const answer = answers.get(line.id);
  if (!quote || !answer) return { ...base, state: 'waiting' };
  const about = { ...base, quoteId: quote.id, decision: answer.decision };
  const words = {
    ...(answer.alternative ? { alternative: answer.alternative } : {}),
    ...(answer.alternativeProduct ? { alternativeProduct: answer.alternativeProduct } : {}),
    ...(answer.reason ? { reason: answer.reason } : {}),
  };
  if (answer.decision === 'decline') return { ...about, ...words, state: 'declined' };
  return {
    ...about,
    ...words,
    ...termsOf(answer, asked.listPrice, scale),
    state: quote.status === 'expired' && !answer.accepted ? 'expired' : 'offered',
    accepted: answer.accepted,
    choosable: line.acceptedQuoteId === null && enquiry.can.accept,
  };
}

function termsOf(answer: QuoteLine, listPrice: RequestLine['asked'][number]['listPrice'], scale: Scale) {
  const { unitPrice, quantity, lineTotal: total, leadTimeDays } = answer;
  if (!unitPrice || quantity === undefined || !total) return {};
  const converted = convertedInto(scale, total);
  const difference = listDifference(unitPrice, listPrice);
  return {
    unitPrice,
    quantity,
    lineTotal: total,
    ...(converted ? { converted } : {}),
    ...(leadTimeDays !== undefined ? { leadTimeDays } : {}),
    ...(difference !== null ? { listDifference: difference } : {}),
  };
}

/** Returns an amount of another currency at the dated rate; null if there is nothing to convert. */
function convertedInto(scale: Scale, { amount, currency }: Money): Money | null {
  if (scale.rates === null || scale.currency === null || currency === scale.currency) return null;
  const converted = ranked(parse(amount), currency, scale);
  return converted === null ? null : money(converted, scale.currency);
}

/** Returns tenths of a percent above (or below) the list price, rounded half away from zero; null if incomparable. */
export function listDifference(
  price: { amount: string; currency: string },
  listPrice: { amount: string; currency: string } | null,
): number | null {
  if (!listPrice || listPrice.currency !== price.currency) return null;
  const list = parse(listPrice.amount);
  if (list === 0n) return null;
  const thousandths = (parse(price.amount) - list) * 1000n;
  const half = thousandths < 0n ? -list / 2n : list / 2n;
  return Number((thousandths + half) / list);
}

/**
 * Returns the offers that compete for a line: those of the whole quantity, else partial ones, else alternatives. So
 * an alternative never wins against the product asked for.
 */
function candidatesOf(line: RequestLine, cells: readonly ComparisonCell[], scale: Scale): Candidate[] {
  const tiers: [Candidate[], Candidate[], Candidate[]] = [[], [], []];
  for (const [vendor, cell] of cells.entries()) {
    if (!cell.choosable || !cell.unitPrice || cell.quoteId === undefined) continue;
    const { currency } = cell.unitPrice;
    // Price partial offers for the whole quantity, so that less isn't cheaper.
    const whole = parse(cell.unitPrice.amount) * BigInt(line.quantity);
    const converted = ranked(whole, currency, scale);
    const tier = cell.decision === 'alternative' ? 2 : (cell.quantity ?? 0) < line.quantity ? 1 : 0;
    tiers[tier].push({
      vendor,
      quoteId: cell.quoteId,
      currency,
      cost: converted ?? whole,
      converted: converted !== null,
      leadTimeDays: cell.leadTimeDays ?? null,
    });
  }
  return tiers.find((tier) => tier.length > 0) ?? [];
}

function choiceOf(rows: readonly ComparedRow[], query: ComparisonQuery): Map<string, { vendor: number }> {
  const picks = query.pick === undefined ? [] : [query.pick].flat();
  const ownPicks = applyPicks(
    rows.map((row) => ({
      lineId: row.lineId,
      position: row.line.position,
      offers: row.cells.flatMap((cell, vendor) =>
        cell.choosable && cell.quoteId ? [{ vendor, quoteId: cell.quoteId }] : [],
      ),
    })),
    picks,
  );
  const suggested =
    query.choose === undefined
      ? new Map<string, { vendor: number }>()
      : query.choose === 'fewest'
        ? chooseFewest(rows)
        : choosePerRow(rows, query.choose);
  return new Map([...suggested, ...ownPicks]);
}

function vendorOf(enquiry: Enquiry, quote: Quote | null, scale: Scale): Comparison['vendors'][number] {
  const offered = quote?.lines.filter((line) => line.decision !== 'decline') ?? [];
  const leadTimes = offered.flatMap((line) => line.leadTimeDays ?? []);
  return {
    enquiryId: enquiry.id,
    vendor: enquiry.vendor,
    status: enquiry.status,
    statusAt: enquiry.statusAt,
    quote: quote && {
      id: quote.id,
      version: quote.version,
      status: quote.status,
      currency: quote.currency,
      validUntil: quote.validUntil,
      expiresAt: quote.expiresAt,
      message: quote.message,
      total: quote.total,
      convertedTotal: convertedInto(scale, quote.total),
    },
    linesAsked: enquiry.lineIds.length,
    linesOffered: offered.length,
    longestLeadTimeDays: leadTimes.length > 0 ? Math.max(...leadTimes) : null,
  };
}
