import type { Db } from '#db/client.ts';
import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/platform/errors.ts';
import { record } from '#server/platform/events.ts';
import { changeLink } from '#server/platform/mailing/deliveries.ts';
import { type QueueContext, queueMails } from '#server/platform/mailing/queue.ts';
import { linkRenewed, linkRevoked, noteLinkChanges } from '../events.ts';
import { capsOf } from '../mails/caps.ts';
import {
  followRenewedMail,
  linkRenewedMail,
  type LinkRevokedContent,
  linkRevokedMail,
} from '../mails/kinds.ts';
import { buyerOf } from '../mails/queries.ts';
import { mailBuyer } from '../mails/queue.ts';
import type { DeliveryState } from '../schema.ts';
import { delivery as deliveryState } from '../view.ts';
import * as queries from './queries.ts';

/** Who changes a link. `actor`: of the events. */
export interface LinkChange {
  by: LinkRevokedContent['by'];
  actor: string;
  at: Date;
}

export type LinksContext = QueueContext & Pick<Context, 'db'>;

/** A person's link to an enquiry; with `requestId`, only if the enquiry is of that request. */
export interface PersonLink {
  enquiryId: string;
  deliveryId: string;
  requestId?: string;
}

/** Makes one person's link to an enquiry invalid and tells the buyer. Idempotent. Refuses `not_found`. */
export async function revokeLink(ctx: LinksContext, of: PersonLink, change: LinkChange): Promise<void> {
  await ctx.db.transaction(async (tx) => void (await revokeInTransaction(tx, ctx, of, change)));
}

/** Returns whether the link was valid before. An operator tells the buyer of all links at once. */
async function revokeInTransaction(
  tx: Db,
  ctx: LinksContext,
  of: PersonLink,
  { by, actor, at }: LinkChange,
): Promise<boolean> {
  const { enquiry, link } = await lockLink(tx, of);
  if (link.linkRevokedAt !== null) return false;
  await changeLink(tx, link.id, at);
  const { requestId, vendorName: vendor } = enquiry;
  const content = { name: link.toName, vendor, by };
  const reason = `${link.id}:${link.linkVersion}`;
  if (by !== 'operator') await mailBuyer(tx, ctx, { requestId, kind: linkRevokedMail, reason, content }, at);
  const payload = { enquiryId: enquiry.id, deliveryId: link.id };
  await record(tx, [linkRevoked({ actor, at, subjectId: requestId, payload })]);
  return true;
}

/** Mails one person a new link to an enquiry; the former one becomes invalid. Refuses `not_found`, `enquiry_closed`. */
export async function renewLink(
  ctx: LinksContext,
  of: PersonLink,
  change: LinkChange,
): Promise<DeliveryState> {
  await ctx.db.transaction((tx) => renewInTransaction(tx, ctx, of, change));
  const links = await queries.linksOf(ctx.db, of.enquiryId);
  const renewed = links.find(({ id }) => id === of.deliveryId.toLowerCase());
  if (!renewed) throw refuse('not_found');
  return deliveryState(renewed);
}

async function renewInTransaction(
  tx: Db,
  ctx: LinksContext,
  of: PersonLink,
  { actor, at }: LinkChange,
): Promise<void> {
  const { enquiry, link } = await lockLink(tx, of);
  await changeLink(tx, link.id, null);
  const { role, agentId, toEmail: email, toName: name, locale } = link;
  const mail = {
    ...{
      kind: linkRenewedMail,
      subjectId: enquiry.id,
      reason: `${link.id}:${link.linkVersion + 1}`,
      content: {},
    },
    to: { role, agentId: agentId ?? undefined, email, name, locale },
    cap: capsOf(ctx).partner,
  };
  await queueMails(tx, ctx, [mail], at);
  const payload = { enquiryId: enquiry.id, deliveryId: link.id };
  await record(tx, [linkRenewed({ actor, at, subjectId: enquiry.requestId, payload })]);
}

async function lockLink(tx: Db, { enquiryId, deliveryId, requestId }: PersonLink) {
  const areIds = isUuid(enquiryId) && isUuid(deliveryId);
  const enquiry = areIds ? await queries.findEnquiry(tx, enquiryId) : null;
  const link = enquiry && (await queries.lockLink(tx, enquiryId, deliveryId));
  if (!enquiry || !link) throw refuse('not_found');
  if (requestId !== undefined && enquiry.requestId !== requestId) throw refuse('not_found');
  return { enquiry, link };
}

/** Makes a request's follow link invalid and tells its buyer. Idempotent. */
export async function revokeFollowLink(
  ctx: LinksContext,
  requestId: string,
  change: LinkChange,
): Promise<void> {
  await ctx.db.transaction((tx) => revokeFollowInTransaction(tx, ctx, requestId, change));
}

async function revokeFollowInTransaction(
  tx: Db,
  ctx: LinksContext,
  requestId: string,
  { by, actor, at }: LinkChange,
): Promise<boolean> {
  const request = await queries.lockRequest(tx, requestId);
  if (!request) throw refuse('not_found');
  if (request.followRevokedAt !== null) return false;
  await queries.changeFollowLink(tx, requestId, at);
  const content = { name: null, vendor: null, by };
  const reason = `follow:${request.linkVersion}`;
  if (by !== 'operator') await mailBuyer(tx, ctx, { requestId, kind: linkRevokedMail, reason, content }, at);
  const payload = { enquiryId: null, deliveryId: null };
  await record(tx, [linkRevoked({ actor, at, subjectId: requestId, payload })]);
  return true;
}

/** Mails the buyer a new follow link; the former one becomes invalid. `provenEmail`: of the account logged in. */
export async function renewFollowLink(
  ctx: LinksContext,
  requestId: string,
  change: LinkChange,
  provenEmail: string | null,
): Promise<void> {
  await ctx.db.transaction((tx) => renewFollowInTransaction(tx, ctx, requestId, change, provenEmail));
}

async function renewFollowInTransaction(
  tx: Db,
  ctx: LinksContext,
  requestId: string,
  { actor, at }: LinkChange,
  provenEmail: string | null,
): Promise<void> {
  const request = await queries.lockRequest(tx, requestId);
  if (!request) throw refuse('not_found');
  await queries.changeFollowLink(tx, requestId, null);
  const buyer = await buyerOf(tx, requestId);
  if (!buyer) throw refuse('not_found');
  const { email, name, locale } = buyer;
  const mail = {
    ...{
      kind: followRenewedMail,
      subjectId: requestId,
      reason: `follow:${request.linkVersion + 1}`,
      content: {},
    },
    to: { role: 'buyer', email, name, locale },
    ...(email.toLowerCase() === provenEmail ? {} : { cap: capsOf(ctx).unproven }),
  };
  await queueMails(tx, ctx, [mail], at);
  const payload = { enquiryId: null, deliveryId: null };
  await record(tx, [linkRenewed({ actor, at, subjectId: requestId, payload })]);
}

/**
 * Makes all links of a request (by its number) or of one enquiry (by its id) invalid, in one transaction, and tells the
 * buyer in one mail. `renew`: mails everybody a new one. The service's security log notes it. Returns the number of people; null if there is no such request.
 */
export async function revokeAllLinks(
  ctx: LinksContext,
  number: string,
  { renew }: { renew: boolean },
  at: Date,
): Promise<number | null> {
  const change: LinkChange = { by: 'operator', actor: 'system', at };
  return ctx.db.transaction(async (tx) => {
    const found = await queries.findByNumber(tx, number);
    if (!found) return null;
    const { requestId, vendor } = found;
    const people: string[] = [];
    const revoked: string[] = [];
    for (const enquiryId of found.enquiryIds) {
      for (const { id: deliveryId } of await queries.linksOf(tx, enquiryId)) {
        people.push(deliveryId);
        if (await revokeInTransaction(tx, ctx, { enquiryId, deliveryId }, change)) revoked.push(deliveryId);
        if (renew) await renewInTransaction(tx, ctx, { enquiryId, deliveryId }, change);
      }
    }
    if (found.isWhole) {
      people.push(requestId);
      if (await revokeFollowInTransaction(tx, ctx, requestId, change)) revoked.push(requestId);
      if (renew) await renewFollowInTransaction(tx, ctx, requestId, change, null);
    }
    await ctx.jobs.enqueue(tx, noteLinkChanges, [
      {
        changes: [
          ...revoked.map((of) => ({ event: 'link_revoked' as const, of })),
          ...(renew ? people : []).map((of) => ({ event: 'link_renewed' as const, of })),
        ],
      },
    ]);
    const content = { name: null, vendor, by: change.by };
    const mail = { requestId, kind: linkRevokedMail, reason: `all:${at.toISOString()}`, content };
    if (revoked.length > 0) await mailBuyer(tx, ctx, mail, at);
    return people.length;
  });
}
