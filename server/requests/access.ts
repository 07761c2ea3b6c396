import { isUuid } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import type { Link } from '#server/platform/auth/links.ts';
import { refuse } from '#server/platform/errors.ts';
import { followEndsAt } from './enquiries/rules.ts';
import * as queries from './queries.ts';

/** Who acts for the buyer of a request: its owner, or the holder of its follow link. */
export interface RequestBuyer {
  request: queries.RequestRow;
  /** The `actor` of this buyer's events. */
  actor: string;
}

/** Refuses `not_found` unless the request is this buyer's. */
export async function ownRequest(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  id: string,
): Promise<RequestBuyer> {
  const request = isUuid(id) ? await queries.findRequest(db, { id, buyerId }) : null;
  return ofBuyer(buyerId, request);
}

/** Refuses `not_found` unless the enquiry belongs to a request of this buyer. */
export async function ownRequestOfEnquiry(
  { db }: Pick<Context, 'db'>,
  buyerId: string,
  enquiryId: string,
): Promise<RequestBuyer> {
  const request = isUuid(enquiryId) ? await queries.findRequestOfEnquiry(db, { enquiryId, buyerId }) : null;
  return ofBuyer(buyerId, request);
}

function ofBuyer(buyerId: string, request: queries.RequestRow | null): RequestBuyer {
  if (!request) throw refuse('not_found');
  return { request, actor: `buyer:${buyerId}` };
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
  if (isGood) return { request, actor: `follow:${request.id}` };
  const isOutdated = links.wasIssued(token, 'follow', request.id, request.linkVersion);
  throw refuse('link_not_valid', { isOutdated });
}
