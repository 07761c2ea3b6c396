import { lineTotal, money, parse, sumPerCurrency } from '#server/common/money.ts';
import type { Enquiry, OrderedPart, RequestLine } from '../schema.ts';
import { ranked, type Scale } from './scale.ts';
import type { Comparison, ComparisonCell } from './schema.ts';

/** Returns what the choice would accept, per vendor, with sums. `chosen`: the vendor's column by line. */
export function summaryOf(
  enquiries: readonly Enquiry[],
  rows: readonly { line: RequestLine; cells: readonly ComparisonCell[] }[],
  chosen: ReadonlyMap<string, { vendor: number }>,
  scale: Scale,
): Comparison['choice'] {
  const picked = rows.flatMap((row) => {
    const vendor = chosen.get(row.line.id)?.vendor;
    const cell = vendor === undefined ? undefined : row.cells[vendor];
    const enquiry = vendor === undefined ? undefined : enquiries[vendor];
    if (!cell?.unitPrice || !cell.quoteId || !enquiry) return [];
    const { amount, currency } = cell.unitPrice;
    const total = lineTotal(parse(amount), cell.quantity ?? 0, currency);
    const { leadTimeDays = null, quoteId } = cell;
    return [{ lineId: row.line.id, quoteId, enquiry, currency, total, leadTimeDays }];
  });
  const leadTimes = picked.flatMap((line) => line.leadTimeDays ?? []);
  const openRows = rows.filter((row) => row.line.acceptedQuoteId === null && !chosen.has(row.line.id));
  return {
    lines: picked.length,
    openLines: openRows.length,
    byVendor: [...Map.groupBy(picked, (line) => line.quoteId).values()].flatMap((lines) => {
      const [first] = lines;
      if (!first) return [];
      const { enquiry, currency } = first;
      const total = money(sum(lines), currency);
      return [{ enquiryId: enquiry.id, vendorName: enquiry.vendor.name, lines: lines.length, total }];
    }),
    totals: [...Map.groupBy(picked, (line) => line.currency)].map(([currency, lines]) =>
      money(sum(lines), currency),
    ),
    convertedTotal: convertedTotal(picked, scale),
    longestLeadTimeDays: leadTimes.length > 0 ? Math.max(...leadTimes) : null,
    acceptance: [...Map.groupBy(picked, (line) => line.quoteId)].map(([quoteId, lines]) => ({
      quoteId,
      lineIds: lines.map((line) => line.lineId),
    })),
  };
}

/** Returns what everything that is ordered comes to, over all vendors. */
export function orderedSum(parts: readonly OrderedPart[], scale: Scale): Comparison['ordered'] {
  const totals = sumPerCurrency(parts.flatMap((part) => part.totals));
  const amounts = totals.map(({ amount, currency }) => ({ currency, total: parse(amount) }));
  return { totals, convertedTotal: convertedTotal(amounts, scale) };
}

function sum(lines: readonly { total: bigint }[]): bigint {
  return lines.reduce((all, line) => all + line.total, 0n);
}

/** Returns the sum in one currency; null if all amounts have that currency, or a rate is missing. */
function convertedTotal(picked: readonly { currency: string; total: bigint }[], scale: Scale) {
  if (!scale.rates || !scale.currency || picked.every((line) => line.currency === scale.currency))
    return null;
  const converted = picked.map((line) => ranked(line.total, line.currency, scale));
  if (converted.includes(null)) return null;
  return money(
    converted.reduce<bigint>((all, value) => all + (value ?? 0n), 0n),
    scale.currency,
  );
}
