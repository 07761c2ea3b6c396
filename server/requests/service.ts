import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import * as queries from './queries.ts';
import { afterAction, type EnquiryAction } from './rules.ts';
import type { EnquiryMessage, EnquiryStatus, Quote, Request } from './schema.ts';
import * as view from './view.ts';

export type { EnquiryRow } from './queries.ts';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The whole request as its buyer sees it; `not_found` unless it exists and (when `visitorId` is given) is that
 * visitor's. Six statements whatever its size.
 */
export async function describe(
  ctx: Pick<Context, 'db' | 'clock'>,
  by: { id: string; visitorId?: string },
): Promise<Request> {
  const found = uuidForm.test(by.id) ? await queries.findRequest(ctx.db, by) : null;
  if (!found) throw refuse('not_found');
  const { id } = found.request;
  const [lines, enquiries, messages, quotes, quoteLines] = await Promise.all([
    queries.linesOf(ctx.db, id),
    queries.enquiriesOf(ctx.db, id),
    queries.messagesOf(ctx.db, { requestId: id }),
    queries.quotesOf(ctx.db, { requestId: id }),
    queries.quoteLinesOf(ctx.db, { requestId: id }),
  ]);
  return view.request({ ...found, lines, enquiries, messages, quotes, quoteLines }, ctx.clock.now());
}

/** Refuses `not_found` unless the request is this visitor's. One statement. */
export async function requireOwn(db: Db, by: { id: string; visitorId: string }): Promise<void> {
  const found = uuidForm.test(by.id) ? await queries.findRequest(db, by) : null;
  if (!found) throw refuse('not_found');
}

/** The request behind a follow link; every token that isn't good is the same `link_not_valid`. One statement. */
export async function followed(ctx: Pick<Context, 'db' | 'links'>, token: string): Promise<string> {
  const id = ctx.links.claimedId(token);
  const version = id === null ? null : await queries.followVersion(ctx.db, id);
  if (id === null || version === null || !ctx.links.matches(token, 'follow', id, version)) {
    throw refuse('link_not_valid');
  }
  return id;
}

/** All versions of one enquiry's answer as both sides see them, newest first. Two statements. */
export async function quotesOfEnquiry(
  db: Db,
  enquiry: { id: string; status: EnquiryStatus },
  now: Date,
): Promise<Quote[]> {
  const quotes = await queries.quotesOf(db, { enquiryId: enquiry.id });
  const lines = await queries.quoteLinesOf(db, { enquiryId: enquiry.id });
  return view.quotes(quotes, lines, enquiry.status, now);
}

/** The thread between the buyer and one vendor, oldest first. One statement. */
export async function messagesOfEnquiry(db: Db, enquiryId: string): Promise<EnquiryMessage[]> {
  return (await queries.messagesOf(db, { enquiryId })).map(view.message);
}

/** The enquiry for a change; null when unknown. Locks it, so that answers and decisions follow one another. */
export async function lockEnquiry(tx: Db, id: string): Promise<queries.EnquiryRow | null> {
  return uuidForm.test(id) ? queries.lockEnquiry(tx, id) : null;
}

/** All enquiries of a request for a change, locked in one order. */
export const lockEnquiries: (tx: Db, requestId: string) => Promise<queries.EnquiryRow[]> =
  queries.lockEnquiries;

/** Whether the action is possible in that state, by the transition table. */
export function mayDo(status: EnquiryStatus, action: EnquiryAction): boolean {
  return afterAction(status, action) !== null;
}

/**
 * Carries an action out on a locked enquiry: the new status, or null (and nothing written) when the transition table
 * refuses it. One statement, none when the status stays.
 */
export async function move(
  tx: Db,
  enquiry: { id: string; status: EnquiryStatus },
  action: EnquiryAction,
  at: Date,
): Promise<EnquiryStatus | null> {
  const next = afterAction(enquiry.status, action);
  if (next !== null && next !== enquiry.status) await queries.setStatus(tx, enquiry.id, next, at);
  return next;
}

/** Answer links of the enquiry live at least until then. One statement. */
export const prolongLinks: (tx: Db, enquiryId: string, until: Date) => Promise<void> = queries.prolongLinks;

/** One more message in the thread; who wrote it is told by the caller. One statement. */
export async function addMessage(
  tx: Db,
  message: {
    enquiryId: string;
    author: 'buyer' | 'vendor';
    authorName: string;
    kind: EnquiryMessage['kind'];
    text: string;
    at: Date;
  },
): Promise<EnquiryMessage> {
  const { at, ...rest } = message;
  return view.message(await queries.insertMessage(tx, { ...rest, createdAt: at }));
}
