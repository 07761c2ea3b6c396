import type { Context } from '#server/context.ts';
import { keptRatesOn } from '#server/rates/service.ts';
import { mayAct, type RequestBuyer } from './access.ts';
import { readRequest } from './queries.ts';
import type { Request } from './schema.ts';
import * as view from './view.ts';

/** Returns the whole request as its buyer, or a colleague, sees it. Who may only read it can do nothing. */
export async function describeRequest(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  buyer: RequestBuyer,
): Promise<Request> {
  const { request } = buyer;
  const sentOn = request.createdAt.toISOString().slice(0, 10);
  const known = request.listTotal ? null : await keptRatesOn({ db, clock }, sentOn);
  const described = view.request(await readRequest(db, request), clock.now(), known);
  if (mayAct(buyer)) return described;
  const can = { accept: false, decline: false, askRevision: false, message: false, giveMoreTime: false };
  return {
    ...described,
    mayDecide: false,
    enquiries: described.enquiries.map((enquiry) => ({ ...enquiry, can })),
  };
}
