import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { dayIn } from '#server/common/zones.ts';
import { record } from '#server/platform/events.ts';
import { ratesOn } from '#server/rates/service.ts';
import { endOutdated } from '../approvals/ending.ts';
import { acceptLines } from '../deciding/queries.ts';
import { moveEnquiry } from '../enquiries/changes.ts';
import { type EnquiryRow, lockEnquiry } from '../enquiries/queries.ts';
import { whyNoAnswer } from '../enquiries/rules.ts';
import { answerDigest, quoteSent } from '../events.ts';
import { quotesOf } from '../quotes/queries.ts';
import { quotes } from '../quotes/view.ts';
import { refuse } from '../refusals.ts';
import type { EnquiryStatus } from '../schema.ts';
import { eventFields, type AnswerLinkHolder } from './answer-link.ts';
import { type AnswerPlan, errorsOf, planAnswer } from './plan.ts';
import * as queries from './queries.ts';
import { type Asked, readAnswer } from './rules.ts';
import type { Answer, CheckedAnswer, SentAnswer } from './schema.ts';
import { warningsOf } from './warnings.ts';

/**
 * Writes an answer as a new, immutable version, or returns the newest one when its content is the same (a double click,
 * a reload). Refuses `enquiry_closed`, `deadline_over`, `newer_answer`, or the wrong fields.
 */
export async function sendAnswer(
  ctx: Context,
  holder: AnswerLinkHolder,
  typed: Answer,
): Promise<{ sent: SentAnswer; isNew: boolean }> {
  const now = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const enquiry = await lockEnquiry(tx, holder.enquiry);
    if (!enquiry) throw refuse('link_not_valid');
    const asked = await queries.askedLines(tx, enquiry.id);
    const bound = await queries.boundLines(tx, enquiry.id);
    const onlyOffered = await onlyOfferedIn(tx, holder);
    const answer = readAnswer(typed, asked, { ...askedBy(holder, now), bound, onlyOffered });
    const newest = await queries.newestQuote(tx, enquiry.id);
    const offers = await queries.offersBySku(tx, enquiry.vendorId, answer.skus);
    const plan = planAnswer(answer, { enquiry, newest, offers, basedOn: typed.basedOn }, now);
    const former = newest?.id;
    const status = plan
      ? await writeAnswer(tx, ctx, { holder, enquiry, plan, bound, former, now })
      : enquiry.status;
    const [quote] = quotes(await quotesOf(tx, { enquiryId: enquiry.id }), status, now);
    if (!quote) throw new Error(`enquiry ${enquiry.id} has no quote`);
    const warnings = warningsOf(answer, asked, await ratesOn(tx, utcDay(now)));
    return { sent: { ...quote, warnings }, isNew: plan !== null };
  });
}

/** Returns what sending the answer would refuse and warn of; writes nothing. Refuses `enquiry_closed`, `deadline_over`. */
export async function checkAnswer(
  ctx: Context,
  holder: AnswerLinkHolder,
  typed: Answer,
): Promise<CheckedAnswer> {
  const now = ctx.clock.now();
  const { enquiry } = holder;
  const why = whyNoAnswer(enquiry, now);
  if (why) throw refuse(why);
  const [asked, bound, onlyOffered, rates] = await Promise.all([
    queries.askedLines(ctx.db, enquiry.id),
    queries.boundLines(ctx.db, enquiry.id),
    onlyOfferedIn(ctx.db, holder),
    ratesOn(ctx.db, utcDay(now)),
  ]);
  const answer = readAnswer(typed, asked, { ...askedBy(holder, now), bound, onlyOffered });
  const offers = await queries.offersBySku(ctx.db, enquiry.vendorId, answer.skus);
  return {
    errors: errorsOf(answer, { enquiry, offers }, now),
    warnings: warningsOf(answer, asked, rates),
  };
}

const askedBy = (
  { request, enquiry }: AnswerLinkHolder,
  now: Date,
): Omit<Asked, 'bound' | 'onlyOffered'> => ({
  kind: request.kind,
  neededBy: request.delivery?.neededBy,
  today: dayIn(enquiry.vendorTimeZone, now),
});

/**
 * Returns the lines that a confirmation doesn't order: in a company's order those declined before, which no longer count
 * for the limits of who sent it.
 */
const onlyOfferedIn = async (db: Db, { request, enquiry }: AnswerLinkHolder): Promise<ReadonlySet<string>> =>
  request.companyId === null ? new Set() : queries.declinedLines(db, enquiry.id);

const utcDay = (at: Date): string => at.toISOString().slice(0, 10);

interface PlannedAnswer {
  holder: AnswerLinkHolder;
  enquiry: EnquiryRow;
  plan: AnswerPlan;
  /** Lines of an order that were confirmed before. */
  bound: ReadonlySet<string>;
  /** The version before it. */
  former: string | undefined;
  now: Date;
}

async function writeAnswer(
  tx: Db,
  ctx: Context,
  { holder, enquiry, plan, bound, former, now }: PlannedAnswer,
): Promise<EnquiryStatus> {
  const { delivery } = holder;
  const by = { deliveryId: delivery.id, answeredBy: delivery.toName };
  const quoteId = await queries.insertQuote(tx, { ...plan.quote, ...by, createdAt: now }, plan.lines);
  const status = await moveEnquiry(tx, enquiry, plan.action, now, plan.linksExpireAt);
  if (!status) throw refuse('enquiry_closed');
  // What is confirmed as ordered is agreed at once, whatever happens to the other lines.
  const confirmed = plan.lines
    .filter((line) => line.decision === 'confirm' && !bound.has(line.requestLineId))
    .map(({ requestLineId }) => ({ quoteId, lineId: requestLineId }));
  if (confirmed.length > 0) await acceptLines(tx, confirmed, now);
  // The buyer must know the newest version when they decide.
  const lineIds = new Set(confirmed.map(({ lineId }) => lineId));
  await endOutdated(tx, ctx, holder.request, { lineIds, ...(former ? { quoteId: former } : {}) }, now);
  await queries.deleteDraft(tx, delivery.id);
  const { version } = plan.quote;
  await record(tx, [
    quoteSent({ ...eventFields(holder, now), payload: { enquiryId: enquiry.id, quoteId, version } }),
  ]);
  await ctx.jobs.enqueue(tx, answerDigest, [{ requestId: enquiry.requestId }], {
    afterSeconds: ctx.config.digestSeconds,
    key: enquiry.requestId,
  });
  return status;
}

/** Saves an unfinished answer as typed. Refuses `enquiry_closed`, `deadline_over`. */
export async function saveDraft(
  ctx: Context,
  holder: AnswerLinkHolder,
  body: Record<string, unknown>,
): Promise<{ savedAt: string }> {
  const savedAt = ctx.clock.now();
  const why = whyNoAnswer(holder.enquiry, savedAt);
  if (why) throw refuse(why);
  await queries.saveDraft(ctx.db, { deliveryId: holder.delivery.id, body, savedAt });
  return { savedAt: savedAt.toISOString() };
}
