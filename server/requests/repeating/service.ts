import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { once } from '#server/platform/idempotency.ts';
import * as solutions from '#server/solutions/service.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import { ownRequest } from '../access.ts';
import { linesOf, type LineAndPart, type RequestRow, vendorsAsked } from '../queries.ts';
import { askedAgain } from './offers.ts';
import type { NotSold, RepeatedRequest } from './schema.ts';

/**
 * Makes a new solution of a request that the buyer sees, which becomes the current one, and names what is no longer sold. Once per key.
 * Refuses `not_found`.
 */
export async function repeatRequest(
  ctx: Context,
  viewer: Viewer,
  id: string,
  key: string | null,
): Promise<RepeatedRequest> {
  const { buyerId } = viewer;
  const { request } = await ownRequest(ctx, viewer, id);
  const now = ctx.clock.now();
  const attempt = {
    ...{ actor: `buyer:${buyerId}`, operation: 'requests.repeat', key, body: { id } },
    ...{ now, keepDays: 1, mostKeys: 100 },
  };
  return ctx.db.transaction((tx) => once(tx, attempt, () => repeatIn(tx, buyerId, request, now)));
}

async function repeatIn(tx: Db, buyerId: string, request: RequestRow, now: Date): Promise<RepeatedRequest> {
  const vendors = new Map((await vendorsAsked(tx, request.id)).map((vendor) => [vendor.enquiryId, vendor]));
  const byLine = [...Map.groupBy(await linesOf(tx, request.id), ({ line }) => line.id).values()];
  const products = await solutions.findProducts(
    tx,
    byLine.map(([first]) => first!.line.productId),
  );
  const repeated = byLine.map((parts) => repeatedLine(parts, products, vendors));
  const lines = repeated.flatMap(({ row }) => row ?? []);
  const { id } = await solutions.createWithLines(tx, { buyerId, name: request.title, lines, now });
  return {
    ...{ id, name: request.title, lines: lines.length },
    notSold: repeated.flatMap(({ notSold }) => notSold ?? []),
  };
}

function repeatedLine(
  parts: LineAndPart[],
  products: ReadonlyMap<number, solutions.StoredProduct>,
  vendors: ReadonlyMap<string, { id: string; name: string }>,
) {
  const { line } = parts[0]!;
  const { productId, quantity, options, note } = line;
  const before = parts.flatMap(({ part }) => {
    const vendor = vendors.get(part.enquiryId);
    return vendor ? [{ vendor: { id: vendor.id, name: vendor.name }, sku: part.sku }] : [];
  });
  const { offers, gone } = askedAgain(products.get(productId), quantity, before);
  const product = { id: String(productId), code: line.productCode, name: line.productName };
  const kept = offers.length > 0;
  const notSold: NotSold = { position: line.position, product, vendors: gone, kept };
  return {
    row: kept ? { productId, quantity, options, note, offerIds: offers.map((offer) => offer.id) } : null,
    notSold: gone.length > 0 || !kept ? notSold : null,
  };
}
