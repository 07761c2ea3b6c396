import { isUuid } from '#server/common/ids.ts';
import { mayActFor } from '#server/companies/service.ts';
import type { Context } from '#server/context.ts';
import type { Viewer } from '#server/platform/auth/seeing.ts';
import type { Link } from '#server/platform/auth/links.ts';
import { refuse } from '#server/platform/errors.ts';
import { followEndsAt } from './enquiries/rules.ts';
import * as queries from './queries.ts';

/** Who acts for the buyer of a request: its owner, a colleague, or the holder of its follow link. */
export interface RequestBuyer {
  request: queries.RequestRow;
  /** The `actor` of this buyer's events. */
  actor: string;
  /** Who is logged in; null: the holder of the follow link. */
  viewer: Viewer | null;
}

/** Refuses `not_found` unless the request is this buyer's own, or of their company. */
export async function ownRequest(
  { db }: Pick<Context, 'db'>,
  viewer: Viewer,
  id: string,
): Promise<RequestBuyer> {
  const request = isUuid(id) ? await queries.findRequest(db, { id, viewer }) : null;
  return ofBuyer(viewer, request);
}

/** As `ownRequest`. Refuses `forbidden` if they may only read what this colleague sent. */
export async function requestToChange(
  ctx: Pick<Context, 'db'>,
  viewer: Viewer,
  id: string,
): Promise<RequestBuyer> {
  return requireToAct(await ownRequest(ctx, viewer, id));
}

/** As `requestToChange`, of an enquiry's request. */
export async function requestOfEnquiryToChange(
  { db }: Pick<Context, 'db'>,
  viewer: Viewer,
  enquiryId: string,
): Promise<RequestBuyer> {
  const request = isUuid(enquiryId) ? await queries.findRequestOfEnquiry(db, { enquiryId, viewer }) : null;
  return requireToAct(ofBuyer(viewer, request));
}

function ofBuyer(viewer: Viewer, request: queries.RequestRow | null): RequestBuyer {
  if (!request) throw refuse('not_found');
  return { request, actor: `buyer:${viewer.buyerId}`, viewer };
}

/** Returns whether this buyer may act on the request: who sent it may, and the company's approvers and admins. */
export const mayAct = ({ request, viewer }: RequestBuyer): boolean =>
  viewer === null || mayActFor(viewer, request.buyerId);

function requireToAct(buyer: RequestBuyer): RequestBuyer {
  if (!mayAct(buyer)) throw refuse('forbidden');
  return buyer;
}

/** The link with which a guest follows a request and decides about it. */
export const followLink: Link<RequestBuyer> = { purpose: 'follow', resolve: followedRequest };

async function followedRequest({ db, links, clock }: Context, token: string): Promise<RequestBuyer> {
  const id = links.claimedId(token);
  const found = id === null ? null : await queries.findFollowed(db, id);
  if (found === null) throw refuse('link_not_valid');
  const { request, lastUsedAt } = found;
  const isGood =
    links.matches(token, 'follow', request.id, request.linkVersion) &&
    request.followRevokedAt === null &&
    clock.now() < followEndsAt(lastUsedAt);
  if (isGood) return { request, actor: `follow:${request.id}`, viewer: null };
  const isOutdated = links.wasIssued(token, 'follow', request.id, request.linkVersion);
  throw refuse('link_not_valid', { isOutdated });
}
