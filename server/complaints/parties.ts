import { mayActFor } from '#server/companies/service.ts';
import type { Account } from '#server/platform/auth/sessions.ts';
import type { Reader } from '#server/platform/attachments.ts';
import { type ComplaintRefusal, refuse } from './refusals.ts';
import type { ComplaintRow, FoundComplaint, Party } from './queries.ts';
import { type ComplaintAction, whyNot } from './rules.ts';

/** Returns what somebody who is logged in is in a thread. */
export function partyOf(account: Account): Party {
  const { id: accountId, name, role, buyerId, vendorId, member } = account;
  if (role === 'staff') return { side: 'staff', accountId, name };
  if (role === 'buyer' && buyerId !== null) return { side: 'buyer', buyerId, member, accountId, name };
  if (vendorId !== null) return { side: 'vendor', vendorId, accountId, name };
  throw refuse('forbidden');
}

/** Returns what the holder of a complaint's link is: somebody at the vendor. */
export const partyByLink = ({ complaint, vendor }: FoundComplaint): Party => ({
  ...{ side: 'vendor', vendorId: vendor.id, accountId: null, complaintId: complaint.id, name: vendor.name },
});

/** Returns the `actor` of a party's events. */
export const actorOf = (party: Party): string =>
  party.side === 'vendor' && party.accountId === null
    ? `vendor:${party.vendorId}`
    : `account:${party.accountId}`;

/** Returns whose uploads a party may use. */
export function uploadOwnerOf(party: Party): string {
  if (party.side === 'buyer') return `buyer:${party.buyerId}`;
  return party.side === 'vendor' && party.accountId === null
    ? `complaint:${party.complaintId}`
    : `account:${party.accountId}`;
}

/** Returns what somebody who wants to read a file is in the thread; null: nothing. */
export function partyOfReader(
  { account, holds }: Reader,
  { complaint, vendor, buyer }: FoundComplaint,
): Party | null {
  if (holds === `complaint:${complaint.id}`) return partyByLink({ complaint, vendor, buyer });
  return account === null ? null : partyOf(account);
}

/** Returns why a party that sees a complaint can't do it now, or null. */
export function whyNotBy(
  party: Party,
  action: ComplaintAction,
  { status, buyerId }: Pick<ComplaintRow, 'status' | 'buyerId'>,
): ComplaintRefusal | 'forbidden' | null {
  // Colleagues may all write in the thread.
  if (action === 'withdraw' && party.side === 'buyer' && !mayActFor(party, buyerId)) return 'forbidden';
  return whyNot(status, action, party.side);
}
