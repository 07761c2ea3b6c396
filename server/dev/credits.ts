import type { Context } from '#server/context.ts';
import * as credits from '#server/credits/service.ts';

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
