import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import * as notifications from '#server/notifications/service.ts';
import { refuse, refuseField } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import * as requests from '../service.ts';
import { type PlacedLine, planAcceptance, settle, type Settlement } from './acceptance.ts';
import { compare } from '../comparing/comparison.ts';
import { linesAccepted, quoteDeclined, revisionAsked } from '../answering/events.ts';
import * as queries from '../answering/queries.ts';
import type { Acceptance, QuoteDecline, Revision } from './schema.ts';
import type { Comparison, ComparisonQuery } from '../comparing/schema.ts';

/** Who decides: the request's own visitor, or whoever holds its follow link. Its right was checked before. */
export interface Buyer {
  requestId: string;
  /** As events name it. */
  actor: string;
}

function requireUuids(ids: readonly string[]): void {
  if (!ids.every(isUuid)) throw refuse('not_found');
}

/**
 * Accepts quotes, whole or by lines: all of it or nothing. Repeating the very same is harmless. Refuses
 * `quote_superseded`, `quote_expired`, `quote_declined`, `line_already_accepted`, `line_not_offered`.
 */
export async function accept(ctx: Context, buyer: Buyer, acceptance: Acceptance): Promise<void> {
  const quoteIds = acceptance.quotes.map((quote) => quote.quoteId);
  requireUuids(quoteIds);
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const enquiries = await requests.lockEnquiries(tx, buyer.requestId);
    const quotes = await queries.namedQuotes(tx, buyer.requestId, quoteIds);
    const offered = await queries.offeredLines(tx, quoteIds);
    const places = await queries.placesOf(tx, buyer.requestId);
    const placed = planAcceptance(acceptance, { quotes, offered }, places, at);
    if (placed.length === 0) return;
    await queries.acceptLines(tx, placed, at);
    const settled = settle(enquiries, places, placed);
    for (const { enquiryId, action } of settled) {
      const enquiry = enquiries.find((one) => one.id === enquiryId);
      if (!enquiry || !(await requests.move(tx, enquiry, action, at))) throw refuse('enquiry_closed');
    }
    await record(tx, acceptedEvents(buyer, placed, at));
    await tellOutcomes(tx, ctx, buyer.requestId, settled, placed, at);
  });
}

function acceptedEvents(buyer: Buyer, placed: readonly PlacedLine[], at: Date) {
  return [...Map.groupBy(placed, (line) => line.quoteId)].map(([quoteId, lines]) =>
    linesAccepted({
      ...buyer,
      at,
      enquiryId: lines[0]?.enquiryId,
      payload: { quoteId, lineIds: lines.map((line) => line.lineId) },
    }),
  );
}

/** Each vendor learns how it fared and nothing of the others; the buyer gets the whole of it. */
async function tellOutcomes(
  tx: Parameters<typeof notifications.tellVendors>[0],
  ctx: Context,
  requestId: string,
  settled: readonly Settlement[],
  placed: readonly PlacedLine[],
  at: Date,
): Promise<void> {
  const reason = placed[0]?.lineId ?? '';
  const news = settled.map(({ enquiryId, outcome, lineIds, quoteId }) => ({
    enquiryId,
    kind: 'outcome' as const,
    reason,
    content: { outcome, lineIds, ...(quoteId ? { quoteId } : {}) },
  }));
  await notifications.tellVendors(tx, ctx, news, at);
  const lines = placed.map(({ quoteId, lineId }) => ({ quoteId, lineId }));
  await notifications.tellBuyer(
    tx,
    ctx,
    { requestId, kind: 'acceptance-copy', reason, content: { lines } },
    at,
  );
}

/** Says no to a vendor's newest version, which ends its part. Repeating it is harmless. */
export async function decline(ctx: Context, buyer: Buyer, { quoteId, reason }: QuoteDecline): Promise<void> {
  requireUuids([quoteId]);
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const enquiries = await requests.lockEnquiries(tx, buyer.requestId);
    const [quote] = await queries.namedQuotes(tx, buyer.requestId, [quoteId]);
    const enquiry = enquiries.find((one) => one.id === quote?.enquiryId);
    if (!quote || !enquiry) throw refuse('not_found');
    if (quote.isDeclined) return;
    if (!quote.isNewest) throw refuseField('quoteId', 'quote_superseded');
    if (!(await requests.move(tx, enquiry, 'reject', at))) throw refuse('enquiry_closed');
    const words = requests.cleanText(reason ?? '');
    await queries.declineQuote(tx, { quoteId, reason: words, declinedAt: at });
    if (words) await addBuyerMessage(tx, buyer, enquiry.id, 'decline', words, at);
    await record(tx, [quoteDeclined({ ...buyer, at, enquiryId: enquiry.id, payload: { quoteId } })]);
    const content = { outcome: 'lost' as const, lineIds: [] };
    await notifications.tellVendors(
      tx,
      ctx,
      [{ enquiryId: enquiry.id, kind: 'outcome', reason: quoteId, content }],
      at,
    );
  });
}

/** Asks one vendor for a changed answer; `revision_not_possible` unless it has answered and nothing is decided. */
export async function askRevision(
  ctx: Context,
  buyer: Buyer,
  { enquiryId, message }: Revision,
): Promise<void> {
  const at = ctx.clock.now();
  const text = requests.cleanText(message);
  if (!text) {
    throw refuse('invalid_input', {
      errors: [{ path: 'message', code: 'required', message: 'is required' }],
    });
  }
  await ctx.db.transaction(async (tx) => {
    const enquiry = await requests.lockEnquiry(tx, enquiryId);
    if (enquiry?.requestId !== buyer.requestId) throw refuse('not_found');
    const said = { enquiryId, author: 'buyer' as const, kind: 'revision' as const, text };
    if (await requests.repeatedMessage(tx, said, at)) return;
    if (!(await requests.move(tx, enquiry, 'askRevision', at))) throw refuse('revision_not_possible');
    // The vendor is asked anew, so its links must live to answer.
    await requests.prolongLinks(tx, enquiryId, requests.linksExpireAt(enquiry.deadline, at));
    const asked = await addBuyerMessage(tx, buyer, enquiryId, 'revision', text, at);
    await record(tx, [revisionAsked({ ...buyer, at, enquiryId, payload: { messageId: asked.id } })]);
    const content = { messageId: asked.id };
    await notifications.tellVendors(
      tx,
      ctx,
      [{ enquiryId, kind: 'revision-asked', reason: asked.id, content }],
      at,
    );
  });
}

async function addBuyerMessage(
  tx: Parameters<typeof requests.addMessage>[0],
  buyer: Buyer,
  enquiryId: string,
  kind: 'revision' | 'decline',
  text: string,
  at: Date,
) {
  const authorName = await queries.contactName(tx, buyer.requestId);
  return requests.addMessage(tx, { enquiryId, author: 'buyer', authorName, kind, text, at });
}

/** The answers side by side, with the present choice. */
export async function comparison(
  ctx: Context,
  buyer: { id: string; buyerId?: string },
  query: ComparisonQuery,
): Promise<Comparison> {
  const [request, rows] = await Promise.all([
    requests.describe(ctx, buyer),
    queries.ratesOn(ctx.db, ctx.clock.now().toISOString().slice(0, 10)),
  ]);
  const [oldest] = rows.map((row) => row.date).sort();
  const rates = oldest ? { of: oldest, rates: new Map(rows.map((row) => [row.currency, row.rate])) } : null;
  return { ...compare(request, rates, query), ...(query.withRequest ? { request } : {}) };
}
