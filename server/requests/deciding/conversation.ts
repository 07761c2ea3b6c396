import type { Db } from '#db/client.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import type { RequestBuyer } from '../access.ts';
import { addMessage, moveEnquiry } from '../enquiries/changes.ts';
import { changeEnquiry, type EnquiryRow, lockEnquiry } from '../enquiries/queries.ts';
import { isOpen, linksLiveUntil, mayBeRevised, mayHaveMoreTime, openUntil } from '../enquiries/rules.ts';
import { deadlineMoved, messageSent, revisionAsked } from '../events.ts';
import { capsOf } from '../mails/caps.ts';
import { deadlineMovedMail, enquiryMessageMail, revisionAskedMail } from '../mails/kinds.ts';
import { mailVendors } from '../mails/queue.ts';
import { refuse } from '../refusals.ts';
import type { EnquiryMessage } from '../schema.ts';
import { deadlineErrors, readDeadline } from '../sending/input.ts';
import { requireText } from '#server/platform/typed-text.ts';
import * as queries from './queries.ts';
import type { NewDeadline, Revision } from './schema.ts';

/** Adds a message and mails it to all at the vendor who got the enquiry. Refuses `not_found`, `enquiry_closed`. */
export async function postMessage(
  ctx: Context,
  buyer: RequestBuyer,
  enquiryId: string,
  text: string,
): Promise<EnquiryMessage> {
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const enquiry = await lockOwnEnquiry(tx, buyer, enquiryId);
    if (enquiry.linksExpireAt <= at) throw refuse('enquiry_closed');
    const draft = { ...fromBuyer(buyer, enquiry), kind: 'message' as const, text: requireText('text', text) };
    const { message, isNew } = await addMessage(tx, draft, at);
    if (!isNew) return message;
    const content = { messageId: message.id };
    const { messages: cap } = capsOf(ctx);
    await mailVendors(
      tx,
      ctx,
      [{ enquiryId: enquiry.id, kind: enquiryMessageMail, reason: message.id, content, cap }],
      at,
    );
    await record(tx, [
      messageSent({ ...eventFields(buyer, at), payload: { enquiryId: enquiry.id, ...content } }),
    ]);
    return message;
  });
}

/**
 * Asks one vendor to change its answer. Refuses `not_found`, and `revision_not_possible` unless it has offered something,
 * not all of that is decided and its links are valid.
 */
export async function askRevision(
  ctx: Context,
  buyer: RequestBuyer,
  { enquiryId, message: typed }: Revision,
): Promise<void> {
  const at = ctx.clock.now();
  const text = requireText('message', typed);
  await ctx.db.transaction(async (tx) => {
    const enquiry = await lockOwnEnquiry(tx, buyer, enquiryId);
    const askable = { ...enquiry, ...(await queries.whatIsLeft(tx, enquiry.id)) };
    if (enquiry.linksExpireAt <= at || !mayBeRevised(askable)) throw refuse('revision_not_possible');
    const { message, isNew } = await addMessage(
      tx,
      { ...fromBuyer(buyer, enquiry), kind: 'revision', text },
      at,
    );
    if (!isNew) return;
    // The vendor answers by the same links, so they stay valid as long as those of an enquiry sent now.
    const zone = enquiry.vendorTimeZone;
    const linksUntil = linksLiveUntil(enquiry.linksExpireAt, openUntil(enquiry.deadline, at, zone), zone);
    if (!(await moveEnquiry(tx, enquiry, 'askRevision', at, linksUntil)))
      throw refuse('revision_not_possible');
    const content = { messageId: message.id };
    const { messages: cap } = capsOf(ctx);
    await record(tx, [
      revisionAsked({ ...eventFields(buyer, at), payload: { enquiryId: enquiry.id, ...content } }),
    ]);
    await mailVendors(
      tx,
      ctx,
      [{ enquiryId: enquiry.id, kind: revisionAskedMail, reason: message.id, content, cap }],
      at,
    );
  });
}

/**
 * Gives one vendor a later deadline and mails it. The same deadline again is a no-op. Refuses `not_found`,
 * `deadline_past`, `invalid_input`, and `enquiry_closed` when the buyer has decided or the vendor declined everything
 * without asking for time.
 */
export async function giveMoreTime(
  ctx: Context,
  buyer: RequestBuyer,
  { enquiryId, deadline: typed }: NewDeadline,
): Promise<void> {
  const at = ctx.clock.now();
  const deadline = readDeadline(typed, buyer.request.timeZone ?? 'UTC');
  requireDeadline(deadline, at);
  await ctx.db.transaction(async (tx) => {
    const enquiry = await lockOwnEnquiry(tx, buyer, enquiryId);
    if (!isOpen(enquiry.status)) throw refuse('enquiry_closed');
    if (enquiry.deadline?.getTime() === deadline.getTime()) return;
    const askable = { ...enquiry, ...(await queries.whatIsLeft(tx, enquiry.id)) };
    if (!mayHaveMoreTime(askable)) throw refuse('enquiry_closed');
    if (enquiry.deadline && deadline < enquiry.deadline) requireDeadline(deadline, enquiry.deadline);
    const linksUntil = linksLiveUntil(enquiry.linksExpireAt, deadline, enquiry.vendorTimeZone);
    await changeEnquiry(tx, enquiry.id, { deadline, linksExpireAt: linksUntil });
    const content = { deadline: deadline.toISOString() };
    const { messages: cap } = capsOf(ctx);
    await addMessage(tx, { ...fromBuyer(buyer, enquiry), kind: 'deadline', text: content.deadline }, at);
    await mailVendors(
      tx,
      ctx,
      [{ enquiryId: enquiry.id, kind: deadlineMovedMail, reason: content.deadline, content, cap }],
      at,
    );
    await record(tx, [
      deadlineMoved({ ...eventFields(buyer, at), payload: { enquiryId: enquiry.id, ...content } }),
    ]);
  });
}

async function lockOwnEnquiry(tx: Db, { request }: RequestBuyer, id: string): Promise<EnquiryRow> {
  const enquiry = isUuid(id) ? await lockEnquiry(tx, { id, requestId: request.id }) : null;
  if (!enquiry) throw refuse('not_found');
  return enquiry;
}

const fromBuyer = ({ request }: RequestBuyer, enquiry: EnquiryRow) =>
  ({ enquiryId: enquiry.id, author: 'buyer', authorName: request.contactName }) as const;

const eventFields = ({ request, actor }: RequestBuyer, at: Date) => ({ actor, at, subjectId: request.id });

function requireDeadline(deadline: Date, after: Date): void {
  const errors = deadlineErrors(deadline, after);
  const [first] = errors;
  if (first) throw refuse(first.code === 'deadline_past' ? 'deadline_past' : 'invalid_input', { errors });
}
