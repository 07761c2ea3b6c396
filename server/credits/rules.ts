import { parse, roundToMinor } from '#server/common/money.ts';
import type { vatRules } from '#server/common/enums/credits.ts';

/** Returns the UTC day, by which prices and statements go. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** In 1/100 credit. */
export const smallestTopUp = 100n;
export const largestTopUp = 1_000_000n;

export interface Tier {
  /** From this many credits on, in 1/100. */
  from: bigint;
  /** Of one credit, net, in 1/10000 of the currency's unit. */
  price: bigint;
}

/** Returns the price of a credit when that many are bought. */
export const priceAt = (tiers: readonly Tier[], credits: bigint): bigint =>
  tiers.filter(({ from }) => from <= credits).at(-1)!.price;

/** Returns whether tiers hold for every top-up, from the smallest on. */
export const areAscending = (tiers: readonly Pick<Tier, 'from'>[]): boolean =>
  tiers[0]?.from === smallestTopUp && tiers.every(({ from }, at) => at === 0 || from > tiers[at - 1]!.from);

export interface Vat {
  rule: (typeof vatRules)[number];
  /** Percent, as a decimal string. */
  rate: string;
}

/**
 * Returns the VAT of a top-up. A business elsewhere, which names its VAT number, owes VAT in its own country by itself
 * (reverse charge); everybody else pays that of the house's country, whatever their own.
 */
export function vatOf(
  buyer: { country: string; vatId: string | null },
  house: { country: string; vatRate: string },
): Vat {
  const isReversed = buyer.country !== house.country && buyer.vatId !== null;
  return isReversed ? { rule: 'reverse_charge', rate: '0' } : { rule: 'house', rate: house.vatRate };
}

export interface Price {
  price: bigint;
  net: bigint;
  vat: bigint;
}

/** Returns what a top-up costs: net is rounded once, and VAT of it once. */
export function costOfTopUp(credits: bigint, price: bigint, currency: string, { rate }: Vat): Price {
  const net = roundToMinor((credits * price) / 100n, currency);
  return { price, net, vat: roundToMinor((net * parse(rate)) / 1_000_000n, currency) };
}

/**
 * Returns the most credit whose cost with VAT a sum covers at a price, below `ordered`, with that cost; null if that is
 * nothing. What a credit costs never falls with their number, so it is found by halving.
 */
export function boughtBy(
  sum: bigint,
  { ordered, price, currency, vat }: { ordered: bigint; price: bigint; currency: string; vat: Vat },
): { credits: bigint; net: bigint; vat: bigint } | null {
  const costOf = (credits: bigint) => costOfTopUp(credits, price, currency, vat);
  let [enough, tooMany] = [0n, ordered];
  while (tooMany - enough > 1n) {
    const middle = (enough + tooMany) / 2n;
    if (dueOf(costOf(middle)) <= sum) enough = middle;
    else tooMany = middle;
  }
  const cost = costOf(enough);
  return cost.net > 0n ? { credits: enough, net: cost.net, vat: cost.vat } : null;
}

/** A top-up in numbers: amounts of money in 1/10000 of the currency's unit, credit in 1/100. */
export interface TopUpState {
  credits: bigint;
  net: bigint;
  vat: bigint;
  /** By payments that weren't reversed. */
  received: bigint;
  refunded: bigint;
  owedCredits: bigint;
  owedMoney: bigint;
}

/** Where what was received and what was bought for it is. */
export interface Allocation {
  /** Received and not yet enough. Below zero after a refund whose payment was reversed. */
  waiting: bigint;
  revenue: bigint;
  vat: bigint;
  /** The surplus, in the buyer's deposit. */
  deposit: bigint;
  /** The buyer's credit. */
  credit: bigint;
}

export const dueOf = ({ net, vat }: Pick<TopUpState, 'net' | 'vat'>): bigint => net + vat;

export const isCovered = (state: TopUpState): boolean => state.received >= dueOf(state);

/** Returns what is still to be paid, and what was paid too much. */
export function balanceOf(state: TopUpState): { rest: bigint; surplus: bigint } {
  const over = state.received - dueOf(state);
  return over >= 0n ? { rest: 0n, surplus: over } : { rest: -over, surplus: 0n };
}

/** Returns the money of refunded credit. Cumulated, so that all parts together are what was paid. */
export function refundOf(
  { credits, net, vat }: Pick<TopUpState, 'credits' | 'net' | 'vat'>,
  refunded: bigint,
  currency: string,
): { net: bigint; vat: bigint } {
  const shareOf = (amount: bigint) => roundToMinor((amount * refunded) / credits, currency);
  const share = shareOf(net);
  return { net: share, vat: shareOf(net + vat) - share };
}

export function allocationOf(state: TopUpState, currency: string): Allocation {
  const refund = refundOf(state, state.refunded, currency);
  if (!isCovered(state)) {
    const waiting = state.received - refund.net - refund.vat;
    return { waiting, revenue: 0n, vat: 0n, deposit: 0n, credit: 0n };
  }
  return {
    waiting: 0n,
    revenue: state.net - refund.net,
    vat: state.vat - refund.vat,
    deposit: balanceOf(state).surplus,
    credit: state.credits - state.refunded,
  };
}

export interface Changes extends Allocation {
  /** Out of the bank's account, which is the outside world's: below zero for money that came in. */
  bank: bigint;
  /** What the house issued, below zero for new credit. */
  issued: bigint;
  owedCredits: bigint;
  owedMoney: bigint;
}

/**
 * Returns what changes in the ledger between two states of a top-up, and what the buyer owes after it. Only what they have
 * available is taken back from their credit and deposit; they owe the rest.
 */
export function changesBetween(
  before: TopUpState,
  after: TopUpState,
  available: { credit: bigint; deposit: bigint },
  currency: string,
): Changes {
  const [from, to] = [allocationOf(before, currency), allocationOf(after, currency)];
  const differenceOf = (key: keyof Allocation) => to[key] - from[key];
  const credit = takenBack(differenceOf('credit') - before.owedCredits, available.credit);
  const deposit = takenBack(differenceOf('deposit') - before.owedMoney, available.deposit);
  return {
    waiting: differenceOf('waiting'),
    revenue: differenceOf('revenue'),
    vat: differenceOf('vat'),
    deposit: deposit.change,
    credit: credit.change,
    bank: -(['waiting', 'revenue', 'vat', 'deposit'] as const).reduce(
      (sum, key) => sum + differenceOf(key),
      0n,
    ),
    issued: -differenceOf('credit'),
    owedCredits: credit.owed,
    owedMoney: deposit.owed,
  };
}

function takenBack(wanted: bigint, available: bigint): { change: bigint; owed: bigint } {
  const change = wanted < -available ? -available : wanted;
  return { change, owed: change - wanted };
}

/**
 * Returns how much of a top-up's credit can be refunded. Credit is spent oldest first, so what is available belongs to the
 * buyer's later top-ups before it is left of this one. `later`: what is left of those.
 */
export function refundableOf(state: TopUpState, available: bigint, later: bigint): bigint {
  if (!isCovered(state) || available <= later) return 0n;
  const [left, own] = [state.credits - state.refunded, available - later];
  return left < own ? left : own;
}

const hour = 3_600_000;

/** Returns the latest day that has begun anywhere, by which staff may date a payment. */
export const latestDayAt = (at: Date): string => dayOf(new Date(at.getTime() + 14 * hour));

/** Returns a bank's reference as it is kept: however it was typed, one payment has one. */
export const referenceOf = (typed: string): string =>
  typed.normalize('NFKC').toUpperCase().trim().replace(/\s+/g, ' ');

const unnamed = 'NO REFERENCE';

/**
 * Returns what a payment is kept by that came without a bank's reference. The same for all top-ups: one that may be counted
 * already, for whichever, needs its reference.
 */
export const unnamedReferenceOf = (receivedOn: string, amount: string, currency: string): string =>
  `${unnamed} ${receivedOn} ${amount} ${currency}`;

/** Returns whether a payment is kept by its bank's reference. */
export const isNamedByBank = ({
  bankReference,
  topUpId,
}: {
  bankReference: string;
  topUpId: string;
}): boolean =>
  // Earlier releases kept a payment without a reference by its top-up.
  !bankReference.startsWith(`${unnamed} `) && !bankReference.startsWith(`${topUpId.toUpperCase()} `);
