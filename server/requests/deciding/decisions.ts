import type { Db } from '#db/client.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import type { RequestBuyer } from '../access.ts';
import { addMessage, moveEnquiry } from '../enquiries/changes.ts';
import { lockEnquiries } from '../enquiries/queries.ts';
import { linesAccepted, quoteDeclined } from '../events.ts';
import { acceptanceCopyMail, outcomeMail } from '../mails/kinds.ts';
import { mailBuyer, mailVendors } from '../mails/queue.ts';
import { refuse, refuseField } from '../refusals.ts';
import { cleanText } from '../text.ts';
import { type PlacedLine, planAcceptance, settle, type Settlement } from './acceptance.ts';
import * as queries from './queries.ts';
import type { Acceptance, QuoteDecline } from './schema.ts';

/**
 * Accepts quotes, whole or by lines: all of it or nothing. Idempotent. Refuses `quote_superseded`, `quote_expired`,
 * `quote_declined`, `line_already_accepted`, `line_not_offered`.
 */
export async function acceptQuotes(ctx: Context, buyer: RequestBuyer, typed: Acceptance): Promise<void> {
  const acceptance = withCanonicalIds(typed);
  const quoteIds = acceptance.quotes.map((quote) => quote.quoteId);
  const requestId = buyer.request.id;
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const enquiries = await lockEnquiries(tx, requestId);
    const quotes = await queries.namedQuotes(tx, requestId, quoteIds);
    const offered = await queries.offeredLines(tx, quoteIds);
    const places = await queries.placesOf(tx, requestId);
    const placed = planAcceptance(acceptance, { quotes, offered }, places, at);
    if (placed.length === 0) return;
    await queries.acceptLines(tx, placed, at);
    const settled = settle(enquiries, places, placed);
    for (const { enquiryId, action } of settled) {
      const enquiry = enquiries.find((one) => one.id === enquiryId);
      if (!enquiry || !(await moveEnquiry(tx, enquiry, action, at))) throw refuse('enquiry_closed');
    }
    await record(tx, acceptedEvents(buyer, placed, at));
    await tellOutcomes(tx, ctx, requestId, settled, placed, at);
  });
}

/** Writes ids as the database does. Refuses `not_found` for a quote's id that is no UUID. */
function withCanonicalIds({ quotes }: Acceptance): Acceptance {
  return {
    quotes: quotes.map(({ quoteId, lineIds }) => ({
      quoteId: requireUuid(quoteId),
      ...(lineIds ? { lineIds: lineIds.map((id) => id.toLowerCase()) } : {}),
    })),
  };
}

function acceptedEvents({ request, actor }: RequestBuyer, placed: readonly PlacedLine[], at: Date) {
  return [...Map.groupBy(placed, (line) => line.quoteId)].map(([quoteId, lines]) =>
    linesAccepted({
      ...{ subjectId: request.id, actor, at },
      payload: { enquiryId: lines[0]!.enquiryId, quoteId, lineIds: lines.map((line) => line.lineId) },
    }),
  );
}

/** Mails each vendor its own outcome and nothing of the others, and the buyer all of it. */
async function tellOutcomes(
  tx: Db,
  ctx: Context,
  requestId: string,
  settled: readonly Settlement[],
  placed: readonly PlacedLine[],
  at: Date,
): Promise<void> {
  const reason = placed[0]?.lineId ?? '';
  const news = settled.map(({ enquiryId, outcome, lineIds, quoteId }) => ({
    enquiryId,
    kind: outcomeMail,
    reason,
    content: { outcome, lineIds, ...(quoteId ? { quoteId } : {}) },
  }));
  await mailVendors(tx, ctx, news, at);
  const lines = placed.map(({ quoteId, lineId }) => ({ quoteId, lineId }));
  await mailBuyer(tx, ctx, { requestId, kind: acceptanceCopyMail, reason, content: { lines } }, at);
}

/** Declines a vendor's newest version, which ends its part. Idempotent. */
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
    if (!(await moveEnquiry(tx, enquiry, 'reject', at))) throw refuse('enquiry_closed');
    const reason = cleanText(decline.reason ?? '');
    await queries.declineQuote(tx, { quoteId, reason, declinedAt: at });
    const said = { enquiryId: enquiry.id, author: 'buyer', authorName: request.contactName } as const;
    if (reason) await addMessage(tx, { ...said, kind: 'decline', text: reason }, at);
    const about = { subjectId: request.id, actor, at };
    await record(tx, [quoteDeclined({ ...about, payload: { enquiryId: enquiry.id, quoteId } })]);
    const content = { outcome: 'lost' as const, lineIds: [] };
    await mailVendors(tx, ctx, [{ enquiryId: enquiry.id, kind: outcomeMail, reason: quoteId, content }], at);
  });
}

function requireUuid(id: string): string {
  if (isUuid(id)) return id.toLowerCase();
  throw refuse('not_found');
}
