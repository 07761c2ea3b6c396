import type { CreditPrices } from '#lib/api/schema.d.ts';
import { lineMoney, type Money, parse } from '#server/common/money.ts';

export interface Choice {
  /** Whole credits. */
  credits: number;
  price: Money;
  /** Net. */
  sum: Money | null;
}

const firstChoice = 15;

/** Returns the numbers of credits to choose from: where each tier begins, and fewer for the first. */
export function choicesOf({ tiers, currency }: CreditPrices): Choice[] {
  return tiers.map(({ from, price }, index) => {
    const next = Number(tiers[1]?.from ?? 2 * firstChoice);
    const credits = index === 0 ? Math.max(1, Math.floor(next / 2)) : Math.ceil(Number(from));
    return { credits, price, sum: lineMoney(parse(price.amount), credits, currency) };
  });
}
