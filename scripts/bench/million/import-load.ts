import { setTimeout as sleep } from 'node:timers/promises';
import type postgres from 'postgres';
import { newProductIds } from '#server/catalog/import/merge/queries.ts';
import { releaseImportLock, takeImportLock } from '#server/catalog/import/staging/queries.ts';
import { readContext, readProducts, writeBatch } from './multiply.ts';
import { type ProductWithTerms, variantOf } from './variants.ts';

/** An import that runs meanwhile. */
export interface ImportLoad {
  /** Rows written so far. */
  rows(): number;
  stop(): Promise<void>;
}

/**
 * Writes rows as an import does, at a rate: each second a batch, of which nine tenths change the prices of products, and a
 * tenth are new products.
 */
export async function importAtRate(pool: postgres.Sql, perSecond: number): Promise<ImportLoad> {
  const sql = await pool.reserve();
  await takeImportLock(sql, () => {});
  const context = await readContext(sql);
  /** Imports of former runs have left their own. */
  const copy = Math.round(Date.now() / 1_000);
  let after = 0;
  let rows = 0;
  let isEnding = false;

  async function write(): Promise<void> {
    const stored = await readProducts(sql, { after, limit: perSecond });
    after = stored.at(-1)?.id ?? 0;
    const models = stored.slice(0, stored.length / 10);
    const ids = await newProductIds(sql, models.length);
    const created = models.map((product, at) =>
      variantOf(product, { copy, id: ids[at] ?? 0, vendors: context.vendors, hasRival: false }),
    );
    await writeBatch(sql, { created, existing: stored.slice(models.length).map(dearer) }, context);
    rows += stored.length;
  }

  async function run(): Promise<void> {
    const begun = performance.now();
    for (let batch = 1; !isEnding; batch += 1) {
      await write();
      await sleep(Math.max(0, begun + batch * 1_000 - performance.now()));
    }
  }

  const running = run();
  return {
    rows: () => rows,
    async stop() {
      isEnding = true;
      await running;
      await releaseImportLock(sql);
      sql.release();
    },
  };
}

const dearer = (product: ProductWithTerms): ProductWithTerms => ({
  ...product,
  offers: product.offers.map((offer) => ({
    ...offer,
    price: offer.price === null ? '1.0000' : (Number(offer.price) * 1.01 + 0.01).toFixed(4),
  })),
});
