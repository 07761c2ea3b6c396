import type { Api } from '#lib/api/paths.ts';
import { ApiError } from '#lib/api/problem.ts';
import type { Comparison, Request, RequestLine } from '#lib/api/schema.d.ts';
import { leftOver } from './standing.ts';

/** What became of the open lines of a request. */
export interface Copied {
  added: number;
  /** No longer sold, or not in this quantity. */
  missing: number;
}

/**
 * Copies the open lines for which nothing can be chosen into the visitor's current solution, to ask others: partners that were not
 * asked for the line, or, without any, all who sell it. A repeat with the same `key` adds nothing again.
 */
export async function copyLeftOver(
  api: Api,
  request: Request,
  comparison: Omit<Comparison, 'request'>,
  key: string,
): Promise<Copied> {
  const ids = new Set(leftOver(request, comparison).map(({ lineId }) => lineId));
  const copied: Copied = { added: 0, missing: 0 };
  // One after the other, so that they keep their order.
  for (const line of request.lines.filter(({ id }) => ids.has(id))) {
    const isAdded = await copyLine(api, line, `${key}-${line.position}`);
    copied[isAdded ? 'added' : 'missing'] += 1;
  }
  return copied;
}

async function copyLine(api: Api, line: RequestLine, key: string): Promise<boolean> {
  try {
    const { offers } = await api.get('/api/products/{id}', { params: { path: { id: line.product.id } } });
    const asked = new Set(line.asked.map(({ vendor }) => vendor.id));
    const reachable = offers.filter((offer) => offer.reachable);
    const others = reachable.filter(({ vendor }) => !asked.has(vendor.id));
    const offerIds = (others.length > 0 ? others : reachable).map(({ id }) => id);
    if (offerIds.length === 0) return false;
    await api.post('/api/solutions/{id}/lines', {
      params: { path: { id: 'current' }, header: { 'idempotency-key': key } },
      body: {
        productId: line.product.id,
        quantity: line.quantity,
        offerIds,
        options: line.options,
        ...(line.note && { note: line.note }),
      },
    });
    return true;
  } catch (cause) {
    if (cause instanceof ApiError && cause.status < 500) return false;
    throw cause;
  }
}
