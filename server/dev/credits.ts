import type { Context } from '#server/context.ts';
import * as credits from '#server/credits/service.ts';
import * as queries from './queries.ts';
import type { DemoPerson } from './schema.ts';

/** Net prices of a credit in the demo, from that many credits on. */
const prices = {
  EUR: { '1.00': '1.90', '30.00': '1.83', '60.00': '1.65', '180.00': '1.55' },
  RSD: { '1.00': '223.00', '30.00': '215.00', '60.00': '194.00', '180.00': '182.00' },
};

/** Sells credit in the demo, unless there are prices. */
export async function setDemoPrices(ctx: Context): Promise<void> {
  const { currencies } = await credits.pricesIn(ctx, undefined);
  if (currencies.length > 0) return;
  for (const [currency, tiers] of Object.entries(prices)) {
    await credits.setPrices(ctx, 'system', currency, {
      tiers: Object.entries(tiers).map(([from, price]) => ({ from, price })),
    });
  }
}

const demoCredits = '30.00';

/** Gives the demo's buyers credit for support calls, once each, as staff do who confirm a payment. */
export async function giveDemoCredit(ctx: Context, people: readonly DemoPerson[]): Promise<void> {
  if ((await credits.pricesIn(ctx, undefined)).currencies.length === 0) return;
  const accounts = await queries.accountsOf(
    ctx.db,
    people.map(({ email }) => email),
  );
  const staff = accounts.find(({ role }) => role === 'staff');
  for (const { id, buyerId, name } of staff ? accounts : []) {
    if (buyerId === null) continue;
    const { total } = await credits.listTopUps(ctx, buyerId, { page: 1, perPage: 1 });
    if (total > 0) continue;
    const usual = { usualCurrency: undefined, usualBillTo: name };
    const wish = { credits: demoCredits, method: 'transfer', ...usual } as const;
    const { id: topUpId, amount } = await credits.createTopUp(ctx, buyerId, wish, `demo ${id}`);
    const payment = {
      receivedOn: ctx.clock.now().toISOString().slice(0, 10),
      bankReference: `DEMO ${topUpId}`,
    };
    await credits.confirmTopUp(ctx, staff!, topUpId, { ...payment, amount });
  }
}
