import type { Context } from '#server/context.ts';
import type { Link } from '#server/platform/auth/links.ts';
import { refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { markRead as markDeliveryRead } from '#server/platform/mailing/deliveries.ts';
import { moveEnquiry } from '../enquiries/changes.ts';
import { lockEnquiry } from '../enquiries/queries.ts';
import { answerLinkVersion } from '../enquiries/rules.ts';
import { enquiryOpened } from '../events.ts';
import * as queries from './queries.ts';

/** The mail to a vendor, with the enquiry and request behind its link. */
export type AnswerLinkHolder = queries.AnswerLinkHolder;

/** The link with which a vendor answers its enquiry. */
export const answerLink: Link<AnswerLinkHolder> = { purpose: 'answer', resolve: resolveAnswerLink };

/** Refuses a token that is forged, altered, expired, revoked or for something else. */
async function resolveAnswerLink(ctx: Context, token: string): Promise<AnswerLinkHolder> {
  const deliveryId = ctx.links.claimedId(token);
  const holder = deliveryId === null ? null : await queries.findAnswerLinkHolder(ctx.db, deliveryId);
  if (holder === null) throw refuse('link_not_valid');
  const { id, linkRevokedAt } = holder.delivery;
  const version = answerLinkVersion(holder);
  const isGood =
    ctx.links.matches(token, 'answer', id, version) &&
    linkRevokedAt === null &&
    ctx.clock.now() < holder.enquiry.linksExpireAt;
  if (isGood) return holder;
  throw refuse('link_not_valid', { isOutdated: ctx.links.wasIssued(token, 'answer', id, version) });
}

/** Marks the mail as read and the enquiry as opened. Idempotent. */
export async function markRead(ctx: Context, holder: AnswerLinkHolder): Promise<void> {
  if (holder.delivery.readAt !== null && holder.enquiry.status !== 'sent') return;
  const at = ctx.clock.now();
  await ctx.db.transaction(async (tx) => {
    const enquiry = await lockEnquiry(tx, holder.enquiry);
    await markDeliveryRead(tx, holder.delivery.id, at);
    if (enquiry?.status !== 'sent') return;
    await moveEnquiry(tx, enquiry, 'open', at);
    await record(tx, [
      enquiryOpened({ ...eventFields(holder, at), payload: { enquiryId: holder.enquiry.id } }),
    ]);
  });
}

/** Returns the fields that all events by this link have. */
export function eventFields({ delivery, enquiry }: AnswerLinkHolder, at: Date) {
  return { actor: `delivery:${delivery.id}`, at, subjectId: enquiry.requestId };
}
