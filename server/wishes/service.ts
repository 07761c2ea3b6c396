import * as buyers from '#server/buyers/service.ts';
import * as catalog from '#server/catalog/service.ts';
import { rowId } from '#server/common/ids.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import { refuse } from './refusals.ts';
import { mostWishes, type WishList } from './schema.ts';

export { followMergedProducts } from './queries.ts';

/** Returns a page of a buyer's wish list with the products' present offers. */
export async function listWishes(
  ctx: Pick<Context, 'db' | 'telephony'>,
  wanted: queries.WishesWanted,
  page: { page: number; perPage: number },
  locale: Locale,
): Promise<WishList> {
  const [total, rows] = await Promise.all([
    queries.countWishes(ctx.db, wanted),
    queries.wishesOf(ctx.db, wanted, page),
  ]);
  const ids = rows.map(({ productId }) => String(productId));
  const products = new Map((await catalog.summaries(ctx, ids, locale)).map((found) => [found.id, found]));
  const items = rows.flatMap(({ productId, createdAt }) => {
    const product = products.get(String(productId));
    return product ? [{ product, addedAt: createdAt.toISOString() }] : [];
  });
  return { items, total, ...page };
}

/** Puts a product on the wish list. Idempotent. Refuses `not_found`, `wish_list_full`. */
export async function addWish({ db, clock }: Context, buyerId: string, id: string): Promise<void> {
  const productId = rowId(id);
  if (productId === null) throw refuse('not_found');
  await db.transaction(async (tx) => {
    // Two tabs could add one too many.
    await buyers.lockBuyer(tx, buyerId);
    if (!(await queries.addWish(tx, { buyerId, productId, at: clock.now() }))) throw refuse('not_found');
    if ((await queries.countWishes(tx, { buyerId })) > mostWishes) throw refuse('wish_list_full');
  });
}

/** Takes a product off the wish list. Idempotent. */
export async function removeWish({ db }: Pick<Context, 'db'>, buyerId: string, id: string): Promise<void> {
  const productId = rowId(id);
  if (productId !== null) await queries.removeWish(db, buyerId, productId);
}
