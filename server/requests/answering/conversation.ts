import type { Db } from '#db/client.ts';
import { dayIn } from '#server/common/zones.ts';
import type { Context } from '#server/context.ts';
import { record } from '#server/platform/events.ts';
import { addMessage } from '../enquiries/changes.ts';
import { lockEnquiry } from '../enquiries/queries.ts';
import { isOpen } from '../enquiries/rules.ts';
import { messageSent, moreTimeAsked } from '../events.ts';
import { buyerMessageMail } from '../mails/kinds.ts';
import { mailBuyer } from '../mails/queue.ts';
import { refuse, refuseField } from '../refusals.ts';
import type { EnquiryMessage } from '../schema.ts';
import { cleanText, requireText } from '#server/platform/typed-text.ts';
import { eventFields, type AnswerLinkHolder } from './answer-link.ts';
import type { MoreTime } from './schema.ts';

/** Adds a message to the thread and mails it to the buyer. */
export async function postMessage(
  ctx: Context,
  holder: AnswerLinkHolder,
  typed: string,
): Promise<EnquiryMessage> {
  const at = ctx.clock.now();
  const text = requireText('text', typed);
  return ctx.db.transaction(async (tx) => {
    await lockEnquiry(tx, holder.enquiry);
    const { message, isNew } = await addVendorMessage(tx, ctx, holder, { kind: 'message', text }, at);
    const payload = { enquiryId: holder.enquiry.id, messageId: message.id };
    if (isNew) await record(tx, [messageSent({ ...eventFields(holder, at), payload })]);
    return message;
  });
}

/**
 * Asks the buyer for more time, before or after the deadline. Refuses `deadline_past`, and `enquiry_closed` once the
 * buyer has decided.
 */
export async function askMoreTime(
  ctx: Context,
  holder: AnswerLinkHolder,
  { until, text }: MoreTime,
): Promise<EnquiryMessage> {
  const at = ctx.clock.now();
  if (until !== undefined && until < dayIn(holder.enquiry.vendorTimeZone, at)) {
    throw refuseField('until', 'deadline_past');
  }
  const words = [until ?? '', cleanText(text ?? '')].filter(Boolean).join('\n');
  return ctx.db.transaction(async (tx) => {
    const enquiry = await lockEnquiry(tx, holder.enquiry);
    if (!enquiry || !isOpen(enquiry.status)) throw refuse('enquiry_closed');
    const { message, isNew } = await addVendorMessage(
      tx,
      ctx,
      holder,
      { kind: 'more_time', text: words },
      at,
    );
    const payload = { enquiryId: enquiry.id, messageId: message.id, until: until ?? null };
    if (isNew) await record(tx, [moreTimeAsked({ ...eventFields(holder, at), payload })]);
    return message;
  });
}

/** Adds the vendor's message to the thread and mails it to the buyer. A repeat within a minute does neither. */
async function addVendorMessage(
  tx: Db,
  ctx: Context,
  { enquiry, delivery }: AnswerLinkHolder,
  what: { kind: 'message' | 'more_time'; text: string },
  at: Date,
): Promise<{ message: EnquiryMessage; isNew: boolean }> {
  const by = { enquiryId: enquiry.id, author: 'vendor', authorName: delivery.toName } as const;
  const added = await addMessage(tx, { ...by, ...what }, at);
  if (!added.isNew) return added;
  const mail = { requestId: enquiry.requestId, subjectId: enquiry.id, kind: buyerMessageMail };
  const content = { messageId: added.message.id };
  await mailBuyer(tx, ctx, { ...mail, reason: added.message.id, content }, at);
  return added;
}
