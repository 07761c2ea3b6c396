import type { Context } from '#server/context.ts';
import { ratesOn } from '#server/rates/service.ts';
import type { RequestBuyer } from './access.ts';
import { readRequest } from './queries.ts';
import type { Request } from './schema.ts';
import * as view from './view.ts';

/** Returns the whole request as its buyer sees it. */
export async function describeRequest(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  { request }: RequestBuyer,
): Promise<Request> {
  const known = request.listTotal ? null : await ratesOn(db, request.createdAt.toISOString().slice(0, 10));
  return view.request(await readRequest(db, request), clock.now(), known);
}
