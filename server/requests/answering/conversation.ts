import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import * as notifications from '#server/notifications/service.ts';
import { refuse, refuseField } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import type { EnquiryMessage } from '../schema.ts';
import * as requests from '../service.ts';
import { messageSent, moreTimeAsked } from './events.ts';
import * as rules from './rules.ts';
import type { MoreTime } from './schema.ts';
import { about, type Holder, read } from './service.ts';

/** One more message of the vendor in the thread; the buyer is mailed. */
export async function postMessage(ctx: Context, holder: Holder, text: string): Promise<EnquiryMessage> {
  await read(ctx, holder);
  const at = ctx.clock.now();
  return ctx.db.transaction(async (tx) => {
    const said = { kind: 'message' as const, text: requireText(text) };
    await requests.lockEnquiry(tx, holder.enquiry.id);
    const repeated = await repeatedBy(tx, holder, said, at);
    if (repeated) return repeated;
    const message = await writeMessage(tx, ctx, holder, said, at);
    await record(tx, [messageSent({ ...about(holder, at), payload: { messageId: message.id } })]);
    return message;
  });
}

/** Asks the buyer for more time, before or after the deadline; `enquiry_closed` once the buyer has decided. */
export async function askMoreTime(
  ctx: Context,
  holder: Holder,
  { until, text }: MoreTime,
): Promise<EnquiryMessage> {
  const at = ctx.clock.now();
  if (until !== undefined && until < rules.dayIn(holder.enquiry.vendorTimeZone, at)) {
    throw refuseField('until', 'deadline_past');
  }
  const words = [until ?? '', requests.cleanText(text ?? '')].filter(Boolean).join('\n');
  const said = { kind: 'more_time' as const, text: words };
  if (!rules.isOpen(holder.enquiry.status)) throw refuse('enquiry_closed');
  await read(ctx, holder);
  return ctx.db.transaction(async (tx) => {
    const enquiry = await requests.lockEnquiry(tx, holder.enquiry.id);
    if (!enquiry || !rules.isOpen(enquiry.status)) throw refuse('enquiry_closed');
    const repeated = await repeatedBy(tx, holder, said, at);
    if (repeated) return repeated;
    const message = await writeMessage(tx, ctx, holder, said, at);
    const payload = { messageId: message.id, until: until ?? null };
    await record(tx, [moreTimeAsked({ ...about(holder, at), payload })]);
    return message;
  });
}

function requireText(typed: string): string {
  const text = requests.cleanText(typed);
  if (text) return text;
  throw refuse('invalid_input', { errors: [{ path: 'text', code: 'required', message: 'is required' }] });
}

function repeatedBy(tx: Db, holder: Holder, said: { kind: 'message' | 'more_time'; text: string }, at: Date) {
  return requests.repeatedMessage(tx, { ...said, enquiryId: holder.enquiry.id, author: 'vendor' }, at);
}

async function writeMessage(
  tx: Db,
  ctx: Context,
  holder: Holder,
  message: { kind: 'message' | 'more_time'; text: string },
  at: Date,
): Promise<EnquiryMessage> {
  const { enquiry, delivery } = holder;
  const written = await requests.addMessage(tx, {
    enquiryId: enquiry.id,
    author: 'vendor',
    authorName: delivery.toName,
    ...message,
    at,
  });
  const news = { requestId: enquiry.requestId, enquiryId: enquiry.id, kind: 'buyer-message' as const };
  const content = { messageId: written.id };
  await notifications.tellBuyer(tx, ctx, { ...news, reason: written.id, content }, at);
  return written;
}
