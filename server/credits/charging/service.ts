import type { Db } from '#db/client.ts';
import { costOf, secondsFor, usualRate } from '#server/common/credits.ts';
import { monthlyCreditOf } from '#server/companies/service.ts';
import * as ledger from '#server/ledger/service.ts';
import { announce } from '#server/platform/realtime.ts';
import { accountOf, creditKey, ofHouse, vendorAccountOf } from '../account-names.ts';
import { hasOpenDispute } from '../cards/queries.ts';
import * as queries from './queries.ts';
import { ownerOf } from '../owner.ts';

// What support calls take. Credit is held when an agent is reserved, captured once the call has ended, and never read again
// in between: a top-up, a refund or another call of the same account changes nothing about a running one.

/** A call isn't begun with credit for fewer seconds. */
export const shortestCall = 60;

/** No call runs as long as this: whatever becomes of it, its hold ends. */
const holdDays = 7;

const subjectOf = (callId: string): ledger.Subject => ({ type: 'call', id: callId });

/** Returns what a minute of a vendor's support takes, in 1/100 credit. */
export const rateOf = async (db: Db, vendorId: number): Promise<bigint> =>
  (await queries.agreedRate(db, vendorId)) ?? usualRate;

export interface SupportTerms {
  /** What a minute takes, in 1/100 credit. */
  rate: bigint;
  /** Of the account that pays, in 1/100 credit. */
  available: bigint;
  /** How long the longest call would be: at most `mostSeconds`; 0 under a minute, and while a payment is disputed. */
  seconds: number;
  /** Whether a card payment for the credit is disputed. */
  isDisputed: boolean;
}

/** Returns what a call of a buyer to a vendor's support takes, and how long it could be. */
export async function termsFor(
  db: Db,
  buyerId: string,
  vendorId: number,
  { mostSeconds, at }: { mostSeconds: number; at: Date },
): Promise<SupportTerms> {
  const rate = await rateOf(db, vendorId);
  const owner = await ownerOf(db, buyerId);
  const owned = await ledger.balancesOf(db, accountOf(owner));
  const available = await usableBy(db, buyerId, owned.available, at);
  const isDisputed = await hasOpenDispute(db, owner);
  return { rate, available, isDisputed, seconds: isDisputed ? 0 : longestCall(available, rate, mostSeconds) };
}

/** Returns whether so much credit is enough to begin a call, by the rate of today. */
export const isEnoughForCall = async (db: Db, vendorId: number, available: bigint): Promise<boolean> =>
  longestCall(available, await rateOf(db, vendorId), shortestCall) > 0;

function longestCall(available: bigint, rate: bigint, mostSeconds: number): number {
  const seconds = Math.min(secondsFor(available, rate), mostSeconds);
  return seconds < shortestCall ? 0 : seconds;
}

/** Returns how much of so much credit a person may use: what their company lets them use in this month. */
async function usableBy(db: Db, buyerId: string, available: bigint, at: Date): Promise<bigint> {
  const monthly = await monthlyCreditOf(db, buyerId, at);
  if (!monthly) return available;
  const left = monthly.most - (await queries.usedSince(db, buyerId, monthly));
  return left < 0n ? 0n : left < available ? left : available;
}

export interface HoldRequest {
  callId: string;
  buyerId: string;
  vendorId: number;
  /** The longest time that any call may take. */
  mostSeconds: number;
  at: Date;
}

/**
 * Holds credit for a call. Returns for how many seconds it is enough; null, with nothing held, under a minute and while a
 * payment for the credit is disputed.
 */
export async function holdForCall(
  tx: Db,
  { callId, buyerId, vendorId, mostSeconds, at }: HoldRequest,
): Promise<number | null> {
  const owner = await ownerOf(tx, buyerId);
  const account = accountOf(owner);
  const rate = await rateOf(tx, vendorId);
  const [balances] = await ledger.lock(tx, [account]);
  // Read under the lock, which a dispute takes before it is opened.
  if (await hasOpenDispute(tx, owner)) return null;
  const available = await usableBy(tx, buyerId, balances!.available, at);
  const seconds = longestCall(available, rate, mostSeconds);
  if (seconds === 0) return null;
  const hold = await ledger.hold(tx, {
    ...{ account, amount: costOf(seconds, rate), subject: subjectOf(callId) },
    ...{ operationId: `call:${callId}`, at, expiresAt: new Date(at.getTime() + holdDays * 86_400_000) },
  });
  if (!hold) throw new Error('credit vanished from a locked account');
  await queries.addCharge(tx, { callId, holdId: hold.id, rate });
  return seconds;
}

export interface Settlement {
  callId: string;
  vendorId: number;
  /** Of the conversation; 0 without one. More than the hold is enough for isn't charged. */
  seconds: number;
  /** For the statement. */
  text: string;
  at: Date;
}

/** Charges a call that has ended and releases the rest of its hold, once. Without a hold, or repeated, changes nothing. */
export async function settleCall(
  tx: Db,
  { callId, vendorId, seconds: talked, text, at }: Settlement,
): Promise<void> {
  const found = await queries.lockCharge(tx, callId);
  if (!found || found.charge.settledAt) return;
  const { charge, held, account } = found;
  const seconds = Math.min(talked, secondsFor(held, charge.rate));
  const amount = costOf(seconds, charge.rate);
  const isCharged =
    amount > 0n &&
    (await ledger.capture(tx, {
      ...{ holdId: charge.holdId, kind: 'call', actor: 'system', text, at },
      to: [{ account: vendorAccountOf(vendorId), amount }],
    }));
  if (amount === 0n) await ledger.release(tx, charge.holdId, at);
  // A hold that has expired pays nothing.
  const charged = isCharged ? { seconds, charge: amount } : { seconds: 0, charge: 0n };
  const { posted } = await ledger.balancesOf(tx, payerOf(account));
  await queries.settle(tx, callId, { ...charged, balance: posted, settledAt: at });
}

const payerOf = ({ ownerType, ownerId, unit }: queries.FoundCharge['account']): ledger.AccountName => ({
  owner: { type: ownerType, id: ownerId },
  unit,
});

/** Returns whose credit a call took or may take; null if it is not metered. */
export async function payerOfCall(db: Db, callId: string): Promise<ledger.Owner | null> {
  const found = await queries.findCharge(db, callId);
  return found && payerOf(found.account).owner;
}

export interface CallRefund {
  callId: string;
  vendorId: number;
  amount: bigint;
  /** Of the entry: "refund" by a decision, "adjustment" by a later report. */
  kind: 'refund' | 'adjustment';
  actor: string;
  /** For the statement. */
  text: string;
  /** Happens once. */
  operationId: string;
  at: Date;
}

/**
 * Gives credit of a charged call back to the account that paid. All refunds of a call together are at most its charge:
 * `too_high` otherwise. What the vendor's account lacks comes from the house.
 */
export async function refundCall(
  tx: Db,
  { callId, vendorId, amount, ...cause }: CallRefund,
): Promise<'refunded' | 'repeated' | 'too_high'> {
  const found = await queries.lockCharge(tx, callId);
  if (!found) return 'too_high';
  if (await ledger.hasTransaction(tx, cause.operationId)) return 'repeated';
  if (!(await queries.addRefunded(tx, callId, amount))) return 'too_high';
  const vendor = vendorAccountOf(vendorId);
  const house = ofHouse('refunds');
  const payer = payerOf(found.account);
  const [earned] = await ledger.lock(tx, [vendor, house, payer]);
  const ofVendor = earned!.available < amount ? earned!.available : amount;
  const entries = [
    { account: vendor, amount: -ofVendor },
    { account: house, amount: ofVendor - amount },
    { account: payer, amount },
  ].filter((entry) => entry.amount !== 0n);
  const outcome = await ledger.post(tx, { ...cause, subject: subjectOf(callId), entries });
  if (outcome !== 'posted') throw new Error(`the refund of ${callId} could not be posted: ${outcome}`);
  await announce(tx, [creditKey(payer.owner), `call:${callId}`]);
  return 'refunded';
}

/** Returns what is left of a call's charge to be refunded; null if it wasn't charged. */
export async function refundableOf(db: Db, callId: string): Promise<bigint | null> {
  const { charge, refunded } = (await queries.findCharge(db, callId))?.charge ?? {};
  return charge == null || refunded === undefined || charge === 0n ? null : charge - refunded;
}

/** Gives back what a call was charged too much, when its length is known better after it was charged. */
export async function correctCall(tx: Db, { callId, seconds, ...cause }: Settlement): Promise<void> {
  const found = await queries.lockCharge(tx, callId);
  const { charge, rate, refunded } = found?.charge ?? {};
  if (charge == null || rate === undefined || refunded === undefined) return;
  const amount = charge - refunded - costOf(seconds, rate);
  if (amount <= 0n) return;
  const operationId = `call:${callId}:corrected:${seconds}`;
  await refundCall(tx, { ...cause, callId, amount, kind: 'adjustment', actor: 'system', operationId });
}

export interface CallCredit {
  /** Of a minute, in 1/100 credit, as all amounts here. */
  rate: bigint;
  held: bigint;
  /** What the account that pays has besides. */
  available: bigint;
  /** The key that is announced when that changes. */
  key: string;
  settled: { seconds: number; charge: bigint; balance: bigint } | null;
}

/** Returns the credit of a call; null if it is not metered. */
export async function creditOfCall(db: Db, callId: string): Promise<CallCredit | null> {
  const found = await queries.findCharge(db, callId);
  if (!found) return null;
  const { charge, held } = found;
  const account = payerOf(found.account);
  const { available } = await ledger.balancesOf(db, account);
  const { seconds, charge: charged, balance } = charge;
  const isSettled = seconds !== null && charged !== null && balance !== null;
  return {
    ...{ rate: charge.rate, held, available, key: creditKey(account.owner) },
    settled: isSettled ? { seconds, charge: charged, balance } : null,
  };
}
