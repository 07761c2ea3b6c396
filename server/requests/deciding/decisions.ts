import type { Db } from '#db/client.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import type { RequestBuyer } from '../access.ts';
import { lockPerson, waitForApprover } from '../approvals/acceptances.ts';
import { endOutdated } from '../approvals/ending.ts';
import type { Waiting } from '../approvals/schema.ts';
import { addMessage, moveEnquiry } from '../enquiries/changes.ts';
import { type EnquiryRow, lockEnquiries } from '../enquiries/queries.ts';
import { linesAccepted, quoteDeclined } from '../events.ts';
import { acceptanceCopyMail, outcomeMail } from '../mails/kinds.ts';
import { mailBuyer, mailVendors } from '../mails/queue.ts';
import { refuse, refuseField } from '../refusals.ts';
import { cleanText } from '#server/platform/typed-text.ts';
import {
  type EnquiryLine,
  type NewlyAcceptedLine,
  planAcceptance,
  vendorOutcomes,
  type VendorOutcome,
} from './acceptance.ts';
import { boundLines } from '../answering/queries.ts';
import { addedDetails } from '../orders/details.ts';
import * as queries from './queries.ts';
import type { Acceptance, QuoteDecline } from './schema.ts';

/**
 * Accepts quotes, whole or by lines: all of it or nothing. Idempotent. Above the limits of the person it waits for an
 * approver, and this returns the approval. Refuses `quote_superseded`, `quote_expired`, `quote_declined`,
 * `line_already_accepted`, `line_not_offered`, and `approval_waiting` for lines of another acceptance that waits.
 */
export async function acceptQuotes(
  ctx: Context,
  buyer: RequestBuyer,
  typed: Acceptance,
): Promise<Waiting | null> {
  const acceptance = withCanonicalIds(typed);
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const facts = await lockAndPlan(tx, buyer, acceptance, at);
    if (facts.newlyAccepted.length === 0) return null;
    const person = await lockPerson(tx, buyer);
    const waiting =
      person && (await waitForApprover(tx, ctx, { request: buyer.request, acceptance, person, facts }, at));
    if (waiting) return waiting;
    await acceptInTransaction(tx, ctx, { buyer, acceptance, facts, acceptedBy: person?.buyerId ?? null }, at);
    return null;
  });
}

/** Carries out an acceptance that was approved, for who asked for it. Refuses what `acceptQuotes` does. */
export async function acceptApproved(
  tx: Db,
  ctx: Context,
  {
    buyer,
    acceptance,
    requesterId,
    approvalId,
  }: {
    buyer: RequestBuyer;
    acceptance: Acceptance;
    requesterId: string;
    approvalId: string;
  },
  at: Date,
): Promise<void> {
  const facts = await lockAndPlan(tx, buyer, acceptance, at);
  if (facts.newlyAccepted.length < acceptance.quotes.flatMap(({ lineIds = [] }) => lineIds).length)
    throw refuse('line_already_accepted');
  await acceptInTransaction(tx, ctx, { buyer, acceptance, facts, acceptedBy: requesterId, approvalId }, at);
}

interface PlannedAcceptance {
  enquiries: EnquiryRow[];
  offered: Awaited<ReturnType<typeof queries.offeredLines>>;
  enquiryLines: EnquiryLine[];
  newlyAccepted: NewlyAcceptedLine[];
}

async function lockAndPlan(
  tx: Db,
  { request }: RequestBuyer,
  acceptance: Acceptance,
  at: Date,
): Promise<PlannedAcceptance> {
  const quoteIds = acceptance.quotes.map((quote) => quote.quoteId);
  const enquiries = await lockEnquiries(tx, request.id);
  const quotes = await queries.namedQuotes(tx, request.id, quoteIds);
  const offered = await queries.offeredLines(tx, quoteIds);
  const enquiryLines = await queries.enquiryLinesOf(tx, request.id);
  const newlyAccepted = planAcceptance(acceptance, { quotes, offered }, enquiryLines, at);
  return { enquiries, offered, enquiryLines, newlyAccepted };
}

interface DecidedAcceptance {
  buyer: RequestBuyer;
  acceptance: Acceptance;
  facts: PlannedAcceptance;
  /** For whose limits it counts; null: it is no company's. */
  acceptedBy: string | null;
  /** That it was approved by. */
  approvalId?: string;
}

async function acceptInTransaction(
  tx: Db,
  ctx: Context,
  { buyer, acceptance, facts, acceptedBy, approvalId }: DecidedAcceptance,
  at: Date,
): Promise<void> {
  const { request } = buyer;
  const { enquiries, offered, enquiryLines, newlyAccepted } = facts;
  await keepDetails(tx, request.id, acceptance);
  await queries.acceptLines(tx, newlyAccepted, at, acceptedBy);
  const outcomes = vendorOutcomes(enquiries, enquiryLines, newlyAccepted, offered);
  for (const { enquiryId, action } of outcomes) {
    const enquiry = enquiries.find((one) => one.id === enquiryId);
    if (!enquiry || !(await moveEnquiry(tx, enquiry, action, at))) throw refuse('enquiry_closed');
  }
  await record(tx, acceptedEvents(buyer, newlyAccepted, at));
  await mailOutcomes(tx, ctx, request.id, outcomes, newlyAccepted, at);
  const lineIds = new Set(newlyAccepted.map(({ lineId }) => lineId));
  await endOutdated(tx, ctx, request, { lineIds, ...(approvalId ? { except: approvalId } : {}) }, at);
}

/** Keeps the company and addresses that come with an acceptance, as far as they weren't known. */
async function keepDetails(tx: Db, requestId: string, acceptance: Acceptance): Promise<void> {
  const { company, delivery, billing } = acceptance;
  if (!company && !delivery && !billing) return;
  const known = await queries.lockDetails(tx, requestId);
  const { details, errors } = addedDetails(known, { company, delivery, billing });
  if (errors.length > 0) throw refuse('invalid_input', { errors });
  if (details) await queries.saveDetails(tx, requestId, details);
}

/** Writes ids in lower case like PostgreSQL. Refuses `not_found` for a quote id that isn't a UUID. */
function withCanonicalIds({ quotes, ...details }: Acceptance): Acceptance {
  return {
    ...details,
    quotes: quotes.map(({ quoteId, lineIds }) => ({
      quoteId: requireUuid(quoteId),
      ...(lineIds ? { lineIds: lineIds.map((id) => id.toLowerCase()) } : {}),
    })),
  };
}

function acceptedEvents(
  { request, actor }: RequestBuyer,
  newlyAccepted: readonly NewlyAcceptedLine[],
  at: Date,
) {
  return [...Map.groupBy(newlyAccepted, (line) => line.quoteId)].map(([quoteId, lines]) =>
    linesAccepted({
      ...{ subjectId: request.id, actor, at },
      payload: { enquiryId: lines[0]!.enquiryId, quoteId, lineIds: lines.map((line) => line.lineId) },
    }),
  );
}

/** Mails each vendor only its own outcome, and the buyer all of them. */
async function mailOutcomes(
  tx: Db,
  ctx: Context,
  requestId: string,
  outcomes: readonly VendorOutcome[],
  newlyAccepted: readonly NewlyAcceptedLine[],
  at: Date,
): Promise<void> {
  const reason = newlyAccepted[0]?.lineId ?? '';
  const mails = outcomes.map(({ enquiryId, outcome, lineIds, quoteId }) => ({
    enquiryId,
    kind: outcomeMail,
    reason,
    content: { outcome, lineIds, ...(quoteId ? { quoteId } : {}) },
  }));
  await mailVendors(tx, ctx, mails, at);
  const lines = newlyAccepted.map(({ quoteId, lineId }) => ({ quoteId, lineId }));
  await mailBuyer(tx, ctx, { requestId, kind: acceptanceCopyMail, reason, content: { lines } }, at);
}

/**
 * Declines a vendor's newest version and closes its enquiry; lines of an order that it confirmed stay. Idempotent. Refuses `not_found`, `quote_superseded`,
 * `enquiry_closed`.
 */
export async function declineQuote(
  ctx: Context,
  { request, actor }: RequestBuyer,
  decline: QuoteDecline,
): Promise<void> {
  const quoteId = requireUuid(decline.quoteId);
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const enquiries = await lockEnquiries(tx, request.id);
    const [quote] = await queries.namedQuotes(tx, request.id, [quoteId]);
    const enquiry = enquiries.find((one) => one.id === quote?.enquiryId);
    if (!quote || !enquiry) throw refuse('not_found');
    if (quote.isDeclined) return;
    if (!quote.isNewest) throw refuseField('quoteId', 'quote_superseded');
    const bound = [...(await boundLines(tx, enquiry.id))];
    // Lines that are confirmed stay ordered: declining ends only the rest.
    const action = bound.length > 0 ? 'rejectRest' : 'reject';
    if (!(await moveEnquiry(tx, enquiry, action, at))) throw refuse('enquiry_closed');
    const reason = cleanText(decline.reason ?? '');
    await queries.declineQuote(tx, { quoteId, reason, declinedAt: at });
    await endOutdated(tx, ctx, request, { quoteId }, at);
    const messageBase = { enquiryId: enquiry.id, author: 'buyer', authorName: request.contactName } as const;
    if (reason) await addMessage(tx, { ...messageBase, kind: 'decline', text: reason }, at);
    const about = { subjectId: request.id, actor, at };
    await record(tx, [quoteDeclined({ ...about, payload: { enquiryId: enquiry.id, quoteId } })]);
    const content =
      bound.length > 0
        ? { outcome: 'changes_declined' as const, lineIds: bound, quoteId }
        : { outcome: 'lost' as const, lineIds: [] };
    await mailVendors(tx, ctx, [{ enquiryId: enquiry.id, kind: outcomeMail, reason: quoteId, content }], at);
  });
}

function requireUuid(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw refuse('not_found');
}
