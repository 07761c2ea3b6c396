import type { Context } from '#server/context.ts';
import type { Link } from '#server/platform/auth/links.ts';
import { refuse } from '#server/platform/errors.ts';
import { findAny, type FoundComplaint } from './queries.ts';
import { isLinkLive } from './rules.ts';

/** The link with which a vendor that has no account answers a complaint. */
export const complaintLink: Link<FoundComplaint> = { purpose: 'complaint', resolve: resolveLink };

async function resolveLink({ db, links, clock }: Context, token: string): Promise<FoundComplaint> {
  const id = links.claimedId(token);
  const found = id === null ? null : await findAny(db, id);
  if (!found) throw refuse('link_not_valid');
  const { complaint } = found;
  const isGood =
    links.matches(token, 'complaint', complaint.id, complaint.linkVersion) &&
    isLinkLive(complaint.status, complaint.statusAt, clock.now());
  if (isGood) return found;
  const isOutdated = links.wasIssued(token, 'complaint', complaint.id, complaint.linkVersion);
  throw refuse('link_not_valid', { isOutdated });
}
