import { formatCredit, parseCredit, secondsFor, usualRate } from '#server/common/credits.ts';
import { isSupported, money, parse, roundToMinor } from '#server/common/money.ts';
import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as ledger from '#server/ledger/service.ts';
import { record } from '#server/platform/events.ts';
import { accountOf } from './account-names.ts';
import { creditPricesSet } from './events.ts';
import { ownerOf } from './owner.ts';
import * as queries from './queries.ts';
import { refuseField } from './refusals.ts';
import { areAscending, dayOf, type Tier } from './rules.ts';
import type { CreditEntry, CreditPrices, Credits, SetCreditPricesBody } from './schema.ts';

export {
  type CallCredit,
  correctCall,
  creditOfCall,
  holdForCall,
  isEnoughForCall,
  refundCall,
  settleCall,
  termsFor,
} from './charging/service.ts';
export { ownerOf } from './owner.ts';

const creditAccount = async (db: Db, buyerId: string): Promise<ledger.AccountName> =>
  accountOf(await ownerOf(db, buyerId));

export async function creditsOf({ db }: Pick<Context, 'db'>, buyerId: string): Promise<Credits> {
  const { posted, held, available } = await ledger.balancesOf(db, await creditAccount(db, buyerId));
  return {
    posted: formatCredit(posted),
    held: formatCredit(held),
    available: formatCredit(available),
    secondsLeft: secondsFor(available, usualRate),
  };
}

interface Page {
  page: number;
  perPage: number;
}

/** Returns a page of a buyer's entries, latest first. */
export async function listEntries(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  { page, perPage }: Page,
): Promise<{ items: CreditEntry[]; total: number } & Page> {
  const { entries, total } = await ledger.entriesOf(db, await creditAccount(db, buyerId), {
    ...{ limit: perPage, offset: (page - 1) * perPage },
  });
  return { items: entries.map(entryView), total, page, perPage };
}

function entryView({ id, at, kind, amount, balance, text, subject }: ledger.EntryLine): CreditEntry {
  return {
    ...{ id: String(id), at: at.toISOString(), kind: kind as CreditEntry['kind'], text },
    amount: formatCredit(amount),
    balance: formatCredit(balance),
    ...(subject?.type === 'top-up' ? { topUpId: subject.id } : {}),
    ...(subject?.type === 'call' ? { callId: subject.id } : {}),
  };
}

/** Returns a buyer's entries of these days (UTC, both included) as CSV (RFC 4180), oldest first. */
export async function statementCsv(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<string> {
  const { entries } = await ledger.entriesOf(db, await creditAccount(db, buyerId), {
    from,
    to,
    oldestFirst: true,
  });
  const rows = entries.map(({ at, kind, text, amount, balance }) => [
    ...[at.toISOString(), kind, text, formatCredit(amount), formatCredit(balance)],
  ]);
  return [['at', 'kind', 'text', 'amount', 'balance'], ...rows]
    .map((row) => `${row.map(csvField).join(',')}\r\n`)
    .join('');
}

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Returns the currencies that credit is sold in: those with prices and an account to pay to, as configured. */
export async function currenciesOf({
  db,
  clock,
  config,
}: Pick<Context, 'db' | 'clock' | 'config'>): Promise<string[]> {
  const priced = await queries.pricedCurrencies(db, dayOf(clock.now()));
  return [...(config.payee?.accounts.keys() ?? [])].filter((currency) => priced.includes(currency));
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
