import { rowId } from '#server/common/ids.ts';
import { formatCredit } from '#server/common/credits.ts';
import type { Context } from '#server/context.ts';
import * as credits from '#server/credits/service.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import type { SupportTerms } from './schema.ts';

/** Returns what a call to a vendor's support takes. `payerId`: a buyer with an account. Refuses `not_found`. */
export async function supportTerms(
  ctx: Context,
  payerId: string | null,
  vendor: string,
  currency: string | undefined,
): Promise<SupportTerms> {
  const vendorId = rowId(vendor);
  if (vendorId === null || !(await queries.isVendor(ctx.db, vendorId))) throw refuse('not_found');
  const mostSeconds = ctx.config.calling.maxMinutes * 60;
  const at = ctx.clock.now();
  const own =
    payerId === null ? null : await credits.termsFor(ctx.db, payerId, vendorId, { mostSeconds, at });
  const rate = own?.rate ?? (await credits.rateOf(ctx.db, vendorId));
  return {
    rate: formatCredit(rate),
    price: await credits.usualPriceOf(ctx, rate, currency),
    leastSeconds: credits.shortestCall,
    credit: own && {
      ...{ available: formatCredit(own.available), seconds: own.seconds, isDisputed: own.isDisputed },
    },
  };
}
