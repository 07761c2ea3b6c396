import type { Db } from '#db/client.ts';
import * as calls from '#server/calls/service.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import * as notifications from '#server/notifications/service.ts';
import { refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import * as solutions from '#server/solutions/service.ts';
import * as vendors from '#server/vendors/service.ts';
import { deadlineMoved, messageSent } from './events.ts';
import { cleanText, deadlineErrors } from './sending/input.ts';
import * as queries from './queries.ts';
import { afterAction, type EnquiryAction, linksExpireAt } from './rules.ts';
import type { Specification } from './sending/schema.ts';
import type { Quote } from './quotes/schema.ts';
import type { EnquiryMessage, EnquiryStatus, Request, RequestList } from './schema.ts';
import * as specifications from './sending/specification.ts';
import * as view from './view.ts';

export type { EnquiryRow } from './queries.ts';
export { cleanLine, cleanText } from './sending/input.ts';
export { linksExpireAt } from './rules.ts';
export { send, type Sender } from './sending/send.ts';

/**
 * The whole request as its buyer sees it; `not_found` unless it exists and (when `buyerId` is given) is that
 * visitor's. Four statements whatever its size.
 */
export async function describe(
  ctx: Pick<Context, 'db' | 'clock'>,
  by: { id: string; buyerId?: string },
): Promise<Request> {
  const found = isUuid(by.id) ? await queries.findRequest(ctx.db, by) : null;
  if (!found) throw refuse('not_found');
  const { id } = found.request;
  const [lines, enquiries, answers] = await Promise.all([
    queries.linesOf(ctx.db, id),
    queries.enquiriesOf(ctx.db, id),
    queries.answersOf(ctx.db, { requestId: id }),
  ]);
  return view.request({ ...found, lines, enquiries, ...answers }, ctx.clock.now());
}

/** Refuses `not_found` unless the request is this visitor's. One statement. */
export async function requireOwn(db: Db, by: { id: string; buyerId: string }): Promise<void> {
  const found = isUuid(by.id) ? await queries.findRequest(db, by) : null;
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

/** All versions of one enquiry's answer as both sides see them, newest first. One statement. */
export async function quotesOfEnquiry(
  db: Db,
  enquiry: { id: string; status: EnquiryStatus },
  now: Date,
): Promise<Quote[]> {
  const { quotes, quoteLines } = await queries.answersOf(db, { enquiryId: enquiry.id });
  return view.quotes(quotes, quoteLines, enquiry.status, now);
}

/** The thread between the buyer and one vendor, oldest first. One statement. */
export async function messagesOfEnquiry(db: Db, enquiryId: string): Promise<EnquiryMessage[]> {
  return (await queries.messagesOf(db, enquiryId)).map(view.message);
}

/** The enquiry for a change; null when unknown. Locks it, so that answers and decisions follow one another. */
export async function lockEnquiry(tx: Db, id: string): Promise<queries.EnquiryRow | null> {
  return isUuid(id) ? queries.lockEnquiry(tx, id) : null;
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

const repeatMs = 60_000;

/**
 * The message, if the same side said the same words a moment ago: a second press of the button, not a second message.
 * The enquiry must be locked. One statement.
 */
export async function repeatedMessage(
  tx: Db,
  said: Pick<queries.MessageRow, 'enquiryId' | 'author' | 'kind' | 'text'>,
  at: Date,
): Promise<EnquiryMessage | null> {
  const same = await queries.sameMessage(tx, said, new Date(at.getTime() - repeatMs));
  return same && view.message(same);
}

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

/** The solution as it would be sent now; `not_found` unless it is this visitor's. Four statements. */
export async function specification(
  ctx: Pick<Context, 'db'>,
  buyerId: string,
  solutionId: string,
  kind: 'quote' | 'order',
): Promise<Specification> {
  const solution = await solutions.find(ctx.db, buyerId, solutionId);
  if (!solution) throw refuse('not_found');
  const asked = solution.lines.flatMap((line) => solutions.askedOffers(line));
  const [responsible, spokenWith] = await Promise.all([
    vendors.responsibleAgents(
      ctx.db,
      asked.map((offer) => offer.id),
    ),
    calls.spokenWith(ctx.db, buyerId, [...new Set(asked.map((offer) => offer.vendor.id))]),
  ]);
  return specifications.specification(solution, kind, responsible, spokenWith);
}

/** The visitor's requests, newest first. Two statements. */
export async function list(
  ctx: Pick<Context, 'db'>,
  buyerId: string,
  page: { page: number; perPage: number },
): Promise<RequestList> {
  const [total, rows] = await Promise.all([
    queries.countRequests(ctx.db, buyerId),
    queries.listRequests(ctx.db, buyerId, page),
  ]);
  return { items: rows.map(view.listed), total, ...page };
}

/** The buyer, who has shown the right to the request: its visitor, or the holder of its follow link. */
export type Buyer = { buyerId: string; requestId?: string } | { buyerId?: undefined; requestId: string };

/** Counts what a buyer at that address mails to vendors; refuses `too_many` past the hour's limit. */
export async function countMailing(ctx: Context, address: string): Promise<void> {
  const limit = { max: ctx.config.limits.answersPerHour, windowSeconds: 3_600 };
  await countOrRefuse(ctx.db, `mailings:${address}`, limit, ctx.clock.now());
}

/** The buyer writes to one vendor; everybody there who got the enquiry is mailed. Refuses `not_found`. */
export async function postMessage(
  ctx: Context,
  buyer: Buyer,
  enquiryId: string,
  text: string,
): Promise<EnquiryMessage> {
  return ctx.db.transaction(async (tx) => {
    const { enquiry, request } = await lockOwnEnquiry(tx, buyer, enquiryId);
    const at = ctx.clock.now();
    if (enquiry.linksExpireAt <= at) throw refuse('enquiry_closed');
    const said = {
      enquiryId: enquiry.id,
      author: 'buyer' as const,
      kind: 'message' as const,
      text: requireText(text),
    };
    const repeated = await repeatedMessage(tx, said, at);
    if (repeated) return repeated;
    const message = await addMessage(tx, { ...said, authorName: request.contactName, at });
    const content = { messageId: message.id };
    await notifications.tellVendors(
      tx,
      ctx,
      [{ enquiryId: enquiry.id, kind: 'enquiry-message', reason: message.id, content }],
      at,
    );
    const about = { actor: actorOf(buyer), at, requestId: request.id, enquiryId: enquiry.id };
    await record(tx, [messageSent({ ...about, payload: content })]);
    return message;
  });
}

/**
 * Gives one vendor more time and mails it; the new deadline lies ahead and after the old one (given again, it
 * changes nothing). Refuses `not_found`,
 * `deadline_past`, `invalid_input`, and `enquiry_closed` when the buyer has decided.
 */
export async function giveMoreTime(
  ctx: Context,
  buyer: Buyer,
  enquiryId: string,
  until: string,
): Promise<void> {
  const at = ctx.clock.now();
  const deadline = new Date(until);
  requireDeadline(deadline, at);
  await ctx.db.transaction(async (tx) => {
    const { enquiry, request } = await lockOwnEnquiry(tx, buyer, enquiryId);
    if (!mayDo(enquiry.status, 'answer')) throw refuse('enquiry_closed');
    if (enquiry.deadline?.getTime() === deadline.getTime()) return;
    if (enquiry.deadline && deadline <= enquiry.deadline) requireDeadline(deadline, enquiry.deadline);
    await queries.moveDeadline(tx, enquiry.id, deadline, linksExpireAt(deadline, at));
    const content = { deadline: deadline.toISOString() };
    await addMessage(tx, {
      enquiryId: enquiry.id,
      author: 'buyer',
      authorName: request.contactName,
      kind: 'deadline',
      text: content.deadline,
      at,
    });
    await notifications.tellVendors(
      tx,
      ctx,
      [{ enquiryId: enquiry.id, kind: 'deadline-moved', reason: content.deadline, content }],
      at,
    );
    const about = { actor: actorOf(buyer), at, requestId: request.id, enquiryId: enquiry.id };
    await record(tx, [deadlineMoved({ ...about, payload: content })]);
  });
}

async function lockOwnEnquiry(tx: Db, buyer: Buyer, enquiryId: string) {
  const known = [enquiryId, buyer.requestId ?? enquiryId].every(isUuid);
  const found = known ? await queries.lockOwnEnquiry(tx, buyer, enquiryId) : null;
  if (!found) throw refuse('not_found');
  return found;
}

/** Who acts, for the record of events. */
export const actorOf = (buyer: Buyer): string =>
  buyer.buyerId === undefined ? `follow:${buyer.requestId}` : `buyer:${buyer.buyerId}`;

function requireDeadline(deadline: Date, after: Date): void {
  const errors = deadlineErrors(deadline, after);
  const [first] = errors;
  if (first) throw refuse(first.code === 'deadline_past' ? 'deadline_past' : 'invalid_input', { errors });
}

function requireText(text: string): string {
  const cleaned = cleanText(text);
  if (cleaned) return cleaned;
  throw refuse('invalid_input', { errors: [{ path: 'text', code: 'required', message: 'is required' }] });
}
