import type { Context } from '#server/context.ts';
import { formatCredit, parseCredit } from '#server/common/credits.ts';
import { isSupported, type Money, money, parse, roundToMinor } from '#server/common/money.ts';
import { record } from '#server/platform/events.ts';
import { creditPricesSet } from './events.ts';
import * as queries from './queries.ts';
import { refuseField } from './refusals.ts';
import { areAscending, dayOf, type Tier } from './rules.ts';
import type { CreditPrices, SetCreditPricesBody } from './schema.ts';

/** Returns the currencies that credit is sold in: those with prices and an account to pay to, as configured. */
export async function currenciesOf({
  db,
  clock,
  config,
}: Pick<Context, 'db' | 'clock' | 'config'>): Promise<string[]> {
  const priced = await queries.pricedCurrencies(db, dayOf(clock.now()));
  return [...(config.payee?.accounts.keys() ?? [])].filter((currency) => priced.includes(currency));
}

/** Returns what so much credit costs, net, at the price of the smallest top-up; null where none is sold. */
export async function usualPriceOf(ctx: Context, credit: bigint, currency?: string): Promise<Money | null> {
  const { tiers } = await pricesIn(ctx, currency);
  const [first] = tiers;
  if (!first) return null;
  const { amount, currency: sold } = first.price;
  return money(roundToMinor((parse(amount) * credit) / 100n, sold), sold);
}

/** Returns what credit costs in the wanted currency, else in the first one. */
export async function pricesIn(ctx: Context, wanted: string | undefined): Promise<CreditPrices> {
  const currencies = await currenciesOf(ctx);
  const currency = currencies.find((code) => code === wanted) ?? currencies[0] ?? 'EUR';
  const tiers = currencies.length > 0 ? await queries.tiersOn(ctx.db, currency, dayOf(ctx.clock.now())) : [];
  return pricesView(ctx, currency, tiers);
}

async function pricesView(ctx: Context, currency: string, tiers: readonly Tier[]): Promise<CreditPrices> {
  const { payee } = ctx.config;
  return {
    ...{ currency, currencies: await currenciesOf(ctx) },
    tiers: tiers.map(({ from, price }) => ({ from: formatCredit(from), price: money(price, currency) })),
    vat: payee ? { country: payee.country, rate: payee.vatRate } : null,
  };
}

/**
 * Sets what credit costs in a currency from a day on. Top-ups keep the price they were created with. Refuses
 * `currency_not_offered`, `price_too_small`, `prices_not_ascending`, `prices_in_past`.
 */
export async function setPrices(
  ctx: Context,
  actor: string,
  currency: string,
  { validFrom, tiers }: SetCreditPricesBody,
): Promise<CreditPrices> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const from = validFrom ?? today;
  const isPayable = isSupported(currency) && ctx.config.payee?.accounts.has(currency);
  if (!isPayable) throw refuseField('currency', 'currency_not_offered');
  if (from < today) throw refuseField('validFrom', 'prices_in_past');
  const list = tiers.map((tier) => ({ from: parseCredit(tier.from), price: tier.price }));
  const tooSmall = list.findIndex(({ price }) => roundToMinor(parse(price), currency) === 0n);
  if (tooSmall >= 0) throw refuseField(`tiers.${tooSmall}.price`, 'price_too_small');
  if (!areAscending(list)) throw refuseField('tiers', 'prices_not_ascending');
  await ctx.db.transaction(async (tx) => {
    await queries.replacePrices(tx, currency, from, list);
    await record(tx, [creditPricesSet({ actor, at: now, payload: { currency, validFrom: from } })]);
  });
  return pricesView(
    ctx,
    currency,
    list.map((tier) => ({ from: tier.from, price: parse(tier.price) })),
  );
}
