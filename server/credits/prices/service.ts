import type { Context } from '#server/context.ts';
import { formatCredit, parseCredit } from '#server/common/credits.ts';
import { isSupported, type Money, money, parse, roundToMinor } from '#server/common/money.ts';
import { record } from '#server/platform/events.ts';
import { creditPricesSet } from '../events.ts';
import * as queries from './queries.ts';
import { refuseField } from '../refusals.ts';
import { areAscending, dayOf, type Tier } from '../rules.ts';
import type { CreditPrices, SetCreditPricesBody } from '../schema.ts';

/**
 * Returns the tiers of today by currency, of the currencies that credit is sold in: those with prices and an account to pay
 * to, in the order of the configuration.
 */
export async function tiersToday({
  db,
  clock,
  config,
}: Pick<Context, 'db' | 'clock' | 'config'>): Promise<Map<string, Tier[]>> {
  const priced = await queries.tiersOn(db, dayOf(clock.now()));
  const payable = [...(config.payee?.accounts.keys() ?? [])];
  return new Map(
    payable.flatMap((currency) => {
      const tiers = priced.get(currency);
      return tiers ? [[currency, tiers] as const] : [];
    }),
  );
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
  const sold = await tiersToday(ctx);
  const currencies = [...sold.keys()];
  const currency = currencies.find((code) => code === wanted) ?? currencies[0] ?? 'EUR';
  return pricesView(ctx, { currency, currencies }, sold.get(currency) ?? []);
}

/** Returns how credit can be paid in a currency. */
export const methodsFor = (
  { payments }: Pick<Context, 'payments'>,
  currency: string,
): CreditPrices['methods'] => (payments?.takes(currency) ? ['card', 'transfer'] : ['transfer']);

const pricesView = (
  ctx: Pick<Context, 'config' | 'payments'>,
  { currency, currencies }: Pick<CreditPrices, 'currency' | 'currencies'>,
  tiers: readonly Tier[],
): CreditPrices => ({
  ...{ currency, currencies },
  tiers: tiers.map(({ from, price }) => ({ from: formatCredit(from), price: money(price, currency) })),
  vat: ctx.config.payee ? { country: ctx.config.payee.country, rate: ctx.config.payee.vatRate } : null,
  methods: methodsFor(ctx, currency),
});

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
    { currency, currencies: [...(await tiersToday(ctx)).keys()] },
    list.map((tier) => ({ from: tier.from, price: parse(tier.price) })),
  );
}
