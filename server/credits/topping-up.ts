import { formatCredit, parseCredit } from '#server/common/credits.ts';
import { isCountryCode } from '#server/common/countries.ts';
import { format } from '#server/common/money.ts';
import * as buyers from '#server/buyers/service.ts';
import { companyIdOf } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { once } from '#server/platform/idempotency.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { PaymentsError } from '#server/platform/payments/port.ts';
import { topUpCreated } from './events.ts';
import { askedOf, checkCard, openCheckout } from './cards/checkout.ts';
import { addCardPayment, markChecked } from './cards/queries.ts';
import { methodsFor, tiersToday } from './prices/service.ts';
import * as queries from './queries.ts';
import { refuse, refuseField } from './refusals.ts';
import { costOfTopUp, largestTopUp, type Price, priceAt, smallestTopUp, type Vat, vatOf } from './rules.ts';
import type { CreateTopUpBody, TopUp } from './schema.ts';
import { readVatId } from './vat-numbers.ts';
import { topUpView } from './view.ts';

const keepKeyDays = 30;
/** A buyer who reloads the page doesn't ask the provider each time. */
const pauseSeconds = 2;
const mostAnHour = { max: 100, windowSeconds: 3_600 };

export interface Wish extends CreateTopUpBody {
  /** Whom the invoice names if the body doesn't say. */
  usualBillTo: string;
  /** The visitor's currency, if the body names none. */
  usualCurrency: string | undefined;
}

/**
 * Creates a top-up, which waits for its payment. By card it has `paymentUrl`, unless the provider doesn't answer: `check`
 * tries again. Idempotent per key. Refuses `credits_out_of_range`, `method_not_offered`,
 * `currency_not_offered`, `vat_id_not_valid`, `idempotency_key_reused`, `too_many`.
 */
export async function createTopUp(ctx: Context, buyerId: string, wish: Wish, key: string): Promise<TopUp> {
  const now = ctx.clock.now();
  const { usualCurrency, usualBillTo, ...body } = wish;
  const priced = await priceWish(ctx, wish);
  const actor = `buyer:${buyerId}`;
  const created = await ctx.db.transaction((tx) =>
    once(
      tx,
      { actor, operation: 'credits.top-up', key, body, now, keepDays: keepKeyDays },
      async () => {
        await buyers.delayMerge(tx, buyerId);
        await countOrRefuse(tx, `top-ups:${buyerId}`, mostAnHour, now);
        const { credits, currency, country, vatId, vat, cost } = priced;
        const topUp = await queries.addTopUp(tx, {
          companyId: await companyIdOf(tx, buyerId),
          ...{ buyerId, method: body.method, credits, currency, country, vatId, createdAt: now },
          ...{ price: format(cost.price, currency), net: format(cost.net, currency) },
          billTo: body.billTo?.trim() || usualBillTo,
          ...{ vat: format(cost.vat, currency), vatRule: vat.rule, vatRate: vat.rate },
        });
        const payload = { reference: topUp.reference, credits: formatCredit(credits) };
        await record(tx, [topUpCreated({ actor, at: now, subjectId: topUp.id, payload })]);
        if (topUp.method === 'card')
          await addCardPayment(tx, { topUpId: topUp.id, amount: askedOf(topUp), createdAt: now });
        return find({ ...ctx, db: tx }, buyerId, topUp.id);
      },
      {
        keptAs: ({ id }) => ({ id }),
        replay: ({ id }) => find({ ...ctx, db: tx }, buyerId, id),
      },
    ),
  );
  if (created.cardState !== 'created') return created;
  await openCheckout(ctx, created.id);
  return find(ctx, buyerId, created.id);
}

/**
 * Asks the provider about a buyer's top-up by card, opens its page if that failed before, and returns the top-up. Of one
 * that doesn't wait, or while the provider doesn't answer, it returns what is known. Refuses `not_found`.
 */
export async function check(ctx: Context, buyerId: string, id: string): Promise<TopUp> {
  const { cardState, status } = await find(ctx, buyerId, id);
  if (cardState === 'created' && status === 'waiting') {
    if (await markChecked(ctx.db, id, ctx.clock.now(), pauseSeconds)) await openCheckout(ctx, id);
  } else if (cardState !== null)
    await checkCard(ctx, id, pauseSeconds).catch((error: unknown) => {
      if (!(error instanceof PaymentsError)) throw error;
      ctx.log.warn({ code: error.code, topUpId: id }, 'a card payment could not be asked about');
    });
  return find(ctx, buyerId, id);
}

interface PricedWish {
  credits: bigint;
  currency: string;
  country: string;
  vatId: string | null;
  vat: Vat;
  cost: Price;
}

async function priceWish(ctx: Context, wish: Wish): Promise<PricedWish> {
  const credits = parseCredit(wish.credits);
  if (credits < smallestTopUp || credits > largestTopUp) throw refuseField('credits', 'credits_out_of_range');
  const sold = await tiersToday(ctx);
  const currencies = [...sold.keys()];
  const currency = wish.currency ?? currencies.find((code) => code === wish.usualCurrency) ?? currencies[0];
  const { payee } = ctx.config;
  const tiers = currency === undefined ? undefined : sold.get(currency);
  if (!payee || currency === undefined || !tiers) throw refuseField('currency', 'currency_not_offered');
  if (!methodsFor(ctx, currency).includes(wish.method)) throw refuseField('method', 'method_not_offered');
  const country = wish.country ?? payee.country;
  if (!isCountryCode(country)) throw refuseField('country', 'invalid_input');
  const typed = wish.vatId?.trim() ?? '';
  const vatId = typed === '' ? null : readVatId(typed, country);
  if (typed !== '' && vatId === null) throw refuseField('vatId', 'vat_id_not_valid');
  const vat = vatOf({ country, vatId }, payee);
  return {
    ...{ credits, currency, country, vatId, vat },
    cost: costOfTopUp(credits, priceAt(tiers, credits), currency, vat),
  };
}

/** Returns a buyer's own top-up. Refuses `not_found`. */
export async function find(ctx: Pick<Context, 'db' | 'config'>, buyerId: string, id: string): Promise<TopUp> {
  const found = await queries.findOwn(ctx.db, buyerId, id);
  if (!found) throw refuse('not_found');
  return topUpView(ctx, found);
}

/** Returns a page of a buyer's top-ups, latest first. */
export async function list(
  ctx: Pick<Context, 'db' | 'config'>,
  buyerId: string,
  page: { page: number; perPage: number },
): Promise<{ items: TopUp[]; total: number; page: number; perPage: number }> {
  const { rows, total } = await queries.listOwn(ctx.db, buyerId, page);
  return { items: rows.map((row) => topUpView(ctx, row)), total, ...page };
}
