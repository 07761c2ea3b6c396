import { statusOf } from '#server/calls/service.ts';
import { slugOf } from '#server/catalog/service.ts';
import type { Context } from '#server/context.ts';
import * as queries from './queries.ts';
import type { VendorCall, VendorCallList } from './schema.ts';

/** Returns a page of the calls to a vendor's agents, latest first. */
export async function listVendorCalls(
  { db }: Pick<Context, 'db'>,
  wanted: queries.VendorCallsWanted,
  page: { page: number; perPage: number },
): Promise<VendorCallList> {
  const { rows, total } = await queries.callsOfVendor(db, wanted, page);
  return { items: rows.map(vendorCall), total, ...page };
}

function vendorCall(row: queries.VendorCallRow): VendorCall {
  const { id, kind, state, outcome, talkSeconds, product, agent, rating, note } = row;
  const moment = (at: string | null) => (at === null ? null : new Date(at).toISOString());
  return {
    ...{ id, kind, status: statusOf[state], outcome, talkSeconds, agent, rating, note },
    product: { ...product, slug: slugOf(product.name) },
    requestedAt: new Date(row.requestedAt).toISOString(),
    answeredAt: moment(row.answeredAt),
    endedAt: moment(row.endedAt),
  };
}
