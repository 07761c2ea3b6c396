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

/**
 * Returns the tier's beginning that costs less than these credits, as its credits are cheaper, or null. `credits` is as
 * the service wants it; of anything else nothing is said.
 */
export function cheaperChoice(prices: CreditPrices, credits: string): Choice | null {
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(credits)) return null;
  const wanted = Math.round(Number(credits) * 100);
  const starts = prices.tiers.map(({ from }) => Math.round(Number(from) * 100));
  const next = starts.findIndex((start) => start > wanted);
  const [own, cheaper] = [prices.tiers[next - 1], prices.tiers[next]];
  if (!own || !cheaper) return null;
  const costs = (price: Money, hundredths: number) => parse(price.amount) * BigInt(hundredths);
  const whole = Math.ceil(Number(cheaper.from));
  if (costs(cheaper.price, whole * 100) >= costs(own.price, wanted)) return null;
  const sum = lineMoney(parse(cheaper.price.amount), whole, prices.currency);
  return { credits: whole, price: cheaper.price, sum };
}
