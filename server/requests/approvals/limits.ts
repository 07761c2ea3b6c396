import type { ExceededLimit } from '#db/tables/approvals.ts';
import * as money from '#server/common/money.ts';
import type { LimitRow } from '#server/companies/service.ts';
import { type DatedRates, dateOf } from '#server/rates/service.ts';

/** What a line costs in all. `total` null: its price is not known. */
export interface PricedLine {
  currency: string;
  total: bigint | null;
}

/** What was ordered before, that a limit counts with what is wanted now. */
export type Spent = Record<LimitRow['period'], readonly PricedLine[]>;

/**
 * Returns the limits of a person that an order exceeds. Each counts the amounts in its own currency and, at the rates of
 * the day, those in currencies without a limit of that period. An amount without a price or a rate exceeds it.
 */
export function exceededLimits(
  limits: readonly LimitRow[],
  wanted: readonly PricedLine[],
  spent: Spent,
  { rates, today }: { rates: DatedRates | null; today: string },
): ExceededLimit[] {
  return limits.flatMap(({ period, currency, amount }): ExceededLimit[] => {
    const others = limits.filter((limit) => limit.period === period && limit.currency !== currency);
    const counts = (line: PricedLine) =>
      line.currency === currency || !others.some((other) => other.currency === line.currency);
    if (!wanted.some(counts)) return [];
    const counted = [...wanted, ...spent[period]].filter(counts);
    const total = totalIn(currency, counted, rates);
    const limit = money.money(money.parse(amount), currency);
    if (total !== null && total <= money.parse(amount)) return [];
    const scale = { currency, rates, today };
    const days = counted
      .filter((line) => line.currency !== currency)
      .flatMap((line) => dateOf(scale, line.currency) ?? []);
    return [
      {
        ...{ period, limit, total: total === null ? null : money.money(total, currency) },
        rateDate: days.sort()[0] ?? null,
      },
    ];
  });
}

/** Returns the sum in one currency, each currency converted once; null if a price or a rate is missing. */
function totalIn(currency: string, lines: readonly PricedLine[], rates: DatedRates | null): bigint | null {
  const sums = [...Map.groupBy(lines, (line) => line.currency)].map(([from, own]) => {
    if (own.some(({ total }) => total === null)) return null;
    const sum = own.reduce((all, { total }) => all + (total ?? 0n), 0n);
    return money.convert(sum, from, currency, rates?.rates ?? new Map());
  });
  return sums.reduce<bigint | null>((all, sum) => (all === null || sum === null ? null : all + sum), 0n);
}

/** Returns the sums per currency of the lines whose price is known. */
export const sumsOf = (lines: readonly PricedLine[]): money.Money[] =>
  money.sumPerCurrency(
    lines.map(({ total, currency }) => (total === null ? null : money.money(total, currency))),
  );
