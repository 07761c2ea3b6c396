import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { creditPrices } from '#db/tables/credits.ts';
import { parse } from '#server/common/money.ts';
import type { Tier } from '../rules.ts';

/** Returns the tiers that hold on a day, ascending, of each currency that has prices on it. */
export async function tiersOn(db: Db, day: string): Promise<Map<string, Tier[]>> {
  const rows = await db
    .select({ currency: creditPrices.currency, from: creditPrices.fromCredits, price: creditPrices.price })
    .from(creditPrices)
    .where(
      eq(
        creditPrices.validFrom,
        // Drizzle leaves the table's name out of queries of one table.
        sql`(select max(valid_from) from credit_prices as list
             where list.currency = credit_prices.currency and list.valid_from <= ${day})`,
      ),
    )
    .orderBy(asc(creditPrices.fromCredits));
  const tiers = new Map<string, Tier[]>();
  for (const { currency, from, price } of rows)
    tiers.set(currency, [...(tiers.get(currency) ?? []), { from, price: parse(price) }]);
  return tiers;
}

/** Replaces the list of a currency that begins on that day. */
export async function replacePrices(
  tx: Db,
  currency: string,
  validFrom: string,
  tiers: readonly { from: bigint; price: string }[],
): Promise<void> {
  // Two who set the same list don't mix their tiers.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('credit_prices'), hashtext(${currency}))`);
  await tx
    .delete(creditPrices)
    .where(and(eq(creditPrices.currency, currency), eq(creditPrices.validFrom, validFrom)));
  await tx
    .insert(creditPrices)
    .values(tiers.map(({ from, price }) => ({ currency, validFrom, fromCredits: from, price })));
}
