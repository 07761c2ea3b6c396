import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as notifications from '#server/notifications/service.ts';
import { type FieldError, refusals, type RefusalCode, refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { countOrRefuse } from '#server/platform/limits.ts';
import { format } from '#server/common/money.ts';
import { sha256 } from '#server/platform/tokens.ts';
import type { Quote } from '../quotes/schema.ts';
import * as requests from '../service.ts';
import { answerDigest, enquiryOpened, quoteSent } from './events.ts';
import * as queries from './queries.ts';
import * as rules from './rules.ts';
import type { Answer, EnquiryByLink } from './schema.ts';
import * as view from './view.ts';

/** Whoever opened the link of a mail to a vendor. */
export type Holder = queries.Holder;

const longestValidityMs = 20 * 365 * 86_400_000;

/**
 * The mail, enquiry and request behind an answer link. Forged, altered, expired, revoked, or for something else: all
 * the same `link_not_valid`. One statement.
 */
export async function holderOf(
  ctx: Pick<Context, 'db' | 'links' | 'clock'>,
  token: string,
): Promise<queries.Holder> {
  const deliveryId = ctx.links.claimedId(token);
  const holder = deliveryId === null ? null : await queries.findHolder(ctx.db, deliveryId);
  const isGood =
    holder !== null &&
    ctx.links.matches(token, 'answer', holder.delivery.id, holder.enquiry.linkVersion) &&
    ctx.clock.now() < holder.enquiry.linksExpireAt;
  if (!isGood) throw refuse('link_not_valid');
  return holder;
}

/** What the vendor sees behind its link. Changes nothing. Six statements. */
export async function describe(
  ctx: Pick<Context, 'db' | 'clock'>,
  holder: queries.Holder,
): Promise<EnquiryByLink> {
  const now = ctx.clock.now();
  const { enquiry } = holder;
  const [asked, recipients, draft, quotes, messages] = await Promise.all([
    queries.askedLines(ctx.db, enquiry.id),
    queries.recipientsOf(ctx.db, enquiry.id),
    queries.draftOf(ctx.db, holder.delivery.id),
    requests.quotesOfEnquiry(ctx.db, enquiry, now),
    requests.messagesOfEnquiry(ctx.db, enquiry.id),
  ]);
  return view.enquiryByLink({ holder, asked, recipients, draft, quotes, messages }, now);
}

/** A person, not a program, is looking: the mail counts as read and the enquiry as opened. Once only. */
export async function read(ctx: Context, holder: queries.Holder): Promise<void> {
  if (holder.delivery.readAt !== null && holder.enquiry.status !== 'sent') return;
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const enquiry = await requests.lockEnquiry(tx, holder.enquiry.id);
    await notifications.markRead(tx, holder.delivery.id, at);
    if (enquiry?.status !== 'sent') return;
    await requests.move(tx, enquiry, 'open', at);
    await record(tx, [enquiryOpened({ ...about(holder, at), payload: {} })]);
  });
}

/** What an event of the holder of a link is about. */
export function about(holder: queries.Holder, at: Date) {
  const { delivery, enquiry } = holder;
  return { actor: `delivery:${delivery.id}`, at, requestId: enquiry.requestId, enquiryId: enquiry.id };
}

/** Counts what somebody at that address does by links. */
export async function countAction(
  ctx: Context,
  address: string,
  limit: 'answersPerHour' | 'writesPerMinute',
): Promise<void> {
  const windowSeconds = limit === 'answersPerHour' ? 3_600 : 60;
  const max = ctx.config.limits[limit];
  await countOrRefuse(ctx.db, `${limit}:${address}`, { max, windowSeconds }, ctx.clock.now());
}

/** Keeps an unfinished answer as typed; `enquiry_closed` once the buyer has decided. */
export async function saveDraft(
  ctx: Context,
  holder: queries.Holder,
  body: Record<string, unknown>,
): Promise<{ savedAt: string }> {
  const savedAt = ctx.clock.now();
  const why = rules.whyNoAnswer(holder.enquiry, savedAt);
  if (why) throw refuse(why);
  await read(ctx, holder);
  await queries.saveDraft(ctx.db, { deliveryId: holder.delivery.id, body, savedAt });
  return { savedAt: savedAt.toISOString() };
}

/**
 * Sends an answer: a new version that never changes, or the newest one when it says the very same (a double click, a
 * reload). Refuses `enquiry_closed`, `deadline_over`, or the wrong fields.
 */
export async function answer(
  ctx: Context,
  holder: queries.Holder,
  typed: Answer,
): Promise<{ quote: Quote; isNew: boolean }> {
  await read(ctx, holder);
  const body = cleaned(typed);
  const asked = (await queries.askedLines(ctx.db, holder.enquiry.id)).map(view.askedLine);
  const given = rules.readAnswer(body, asked, holder.request.kind);
  const now = ctx.clock.now();
  const sent = await ctx.db.transaction((tx) => writeAnswer(tx, ctx, holder, body, given, now));
  const enquiry = { id: holder.enquiry.id, status: sent.status };
  const versions = await requests.quotesOfEnquiry(ctx.db, enquiry, now);
  const quote = versions.find((version) => version.id === sent.quoteId);
  if (!quote) throw new Error(`quote ${sent.quoteId} is gone`);
  return { quote, isNew: sent.isNew };
}

/** Texts without control characters and white space around them. */
function cleaned(answer: Answer): Answer {
  return {
    ...answer,
    message: requests.cleanText(answer.message ?? ''),
    vendorReference: requests.cleanLine(answer.vendorReference ?? ''),
    lines: answer.lines.map((line) => ({
      ...line,
      alternative: requests.cleanText(line.alternative ?? ''),
      alternativeSku: requests.cleanLine(line.alternativeSku ?? ''),
      reason: requests.cleanText(line.reason ?? ''),
    })),
  };
}

async function writeAnswer(
  tx: Db,
  ctx: Context,
  holder: queries.Holder,
  body: Answer,
  given: rules.ReadAnswer,
  now: Date,
) {
  const enquiry = await requests.lockEnquiry(tx, holder.enquiry.id);
  if (!enquiry) throw refuse('link_not_valid');
  const newest = await queries.newestQuote(tx, enquiry.id);
  const contentHash = sha256(rules.contentOf(body, given.lines)).toString('hex');
  // Asked for a change, saying the same again is an answer too.
  if (
    given.errors.length === 0 &&
    newest?.contentHash === contentHash &&
    enquiry.status !== 'revision_asked'
  ) {
    return { quoteId: newest.id, status: enquiry.status, isNew: false };
  }
  const why = rules.whyNoAnswer(enquiry, now);
  if (why) throw refuse(why);
  const lines = await linesToWrite(tx, enquiry, body, given, now);
  const version = (newest?.version ?? 0) + 1;
  const expiresAt = rules.endOfDay(body.validUntil, enquiry.vendorTimeZone);
  const quote = {
    enquiryId: enquiry.id,
    version,
    currency: body.currency,
    validUntil: body.validUntil,
    expiresAt,
    message: body.message ?? '',
    vendorReference: body.vendorReference ?? '',
    deliveryId: holder.delivery.id,
    answeredBy: holder.delivery.toName,
    contentHash,
    createdAt: now,
  };
  const quoteId = await queries.insertQuote(tx, quote, lines);
  const action = rules.actionOf(given.lines);
  const status = await requests.move(tx, enquiry, action, now);
  if (!status) throw refuse('enquiry_closed');
  if (action === 'confirm') {
    const confirmed = given.lines.map(({ lineId }) => ({ quoteId, lineId }));
    await queries.acceptLines(tx, confirmed, now);
  }
  await requests.prolongLinks(tx, enquiry.id, rules.linksLiveUntil(enquiry.linksExpireAt, expiresAt));
  await queries.deleteDraft(tx, holder.delivery.id);
  await record(tx, [quoteSent({ ...about(holder, now), payload: { quoteId, version } })]);
  await ctx.jobs.enqueue(tx, answerDigest, [{ requestId: enquiry.requestId }], {
    afterSeconds: ctx.config.digestSeconds,
    key: enquiry.requestId,
  });
  return { quoteId, status, isNew: true };
}

/** The lines as rows, once nothing is wrong any more: every wrong field is named at once. */
async function linesToWrite(
  tx: Db,
  enquiry: { vendorId: number; vendorTimeZone: string },
  body: Answer,
  given: rules.ReadAnswer,
  now: Date,
) {
  const skus = given.lines.map((line) => line.alternativeSku).filter(Boolean);
  const known = await queries.offersBySku(tx, enquiry.vendorId, skus);
  const errors = [...given.errors];
  for (const line of given.lines) {
    if (!line.alternativeSku || known.has(line.alternativeSku)) continue;
    const index = body.lines.findIndex((typed) => typed.lineId === line.lineId);
    errors.push(fieldError(`lines.${index}.alternativeSku`, 'alternative_unknown'));
  }
  if (body.validUntil < rules.dayIn(enquiry.vendorTimeZone, now)) {
    errors.push(fieldError('validUntil', 'validity_past'));
  } else if (Date.parse(body.validUntil) - now.getTime() > longestValidityMs) {
    errors.push({ path: 'validUntil', code: 'format', message: 'is too far ahead' });
  }
  if (errors.length > 0) throw refuseFields(errors);
  return given.lines.map((line) => {
    const other = known.get(line.alternativeSku);
    return {
      requestLineId: line.lineId,
      decision: line.decision,
      unitPrice: line.unitPrice === null ? null : format(line.unitPrice, body.currency),
      quantity: line.quantity,
      leadTimeDays: line.leadTimeDays,
      // In words even when it is a product here: what was offered then must not change with the catalogue.
      alternative: line.alternative || (other ? `${other.name} (${other.code})` : ''),
      alternativeOfferId: other?.offerId ?? null,
      reason: line.reason,
    };
  });
}

function fieldError(path: string, code: RefusalCode): FieldError {
  return { path, code, message: refusals[code][1] };
}

/** Wrong fields under one code where they share it. */
function refuseFields(errors: FieldError[]) {
  const [first, ...others] = new Set(errors.map((error) => error.code));
  const isOne = others.length === 0 && first !== undefined && first in refusals;
  return refuse(isOne ? (first as RefusalCode) : 'invalid_input', { errors });
}

/** Mails the buyer what came since the last digest, if anything did. */
export async function tellOfAnswers(ctx: Context, requestId: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    // Waits for answers being written, so that none falls between two digests.
    await requests.lockEnquiries(tx, requestId);
    const quoteIds = await queries.untoldQuotes(tx, requestId);
    const [reason] = quoteIds;
    if (reason === undefined) return;
    const news = { requestId, kind: 'answer-digest' as const, reason, content: { quoteIds } };
    await notifications.tellBuyer(tx, ctx, news, at);
  });
}
