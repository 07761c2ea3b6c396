import { createHmac, hkdfSync } from 'node:crypto';
import { type NumberType, parsePhoneNumberWithError, type PhoneNumber } from 'libphonenumber-js/max';
import { parse } from '#server/common/money.ts';
import type { CallingConfig } from '#server/platform/config.ts';

/** Why a number may not be called. Never shown to the buyer. */
export type NumberFault =
  | 'country'
  | 'type'
  | 'invalid'
  | 'own'
  | 'agent'
  | 'opted_out'
  | 'in_another_call'
  | 'asked_by_another'
  | 'number_limit'
  | 'country_unanswered'
  | 'country_closed';

const dialable = /^(?:\+|00)[\d\s().\-/\u2010-\u2015]+$/;

/**
 * Parses a possible number with country prefix, or returns null. Rejects extensions, letters and trailing text instead of
 * dropping them, so that no stranger is called.
 */
export function readNumber(text: string): PhoneNumber | null {
  // NFKC turns full-width digits and the like into ASCII.
  const plain = text.normalize('NFKC').trim();
  if (!dialable.test(plain)) return null;
  try {
    const number = parsePhoneNumberWithError(plain.replace(/^00/, '+'), { extract: false });
    return number.isPossible() && !number.ext ? number : null;
  } catch {
    return null;
  }
}

/** Excludes premium, shared-cost, pager, toll-free, satellite numbers and the like. */
const callableTypes: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']);

/** Returns why the number itself may not be called, or null. Checks the country, not the prefix: +1 876 is Jamaica. */
export function faultOf(
  number: PhoneNumber,
  { countries, unassignedNumbers }: Pick<CallingConfig, 'countries' | 'unassignedNumbers'>,
): NumberFault | null {
  if (!number.isValid()) {
    const possible = unassignedNumbers ? number.getPossibleCountries() : [];
    return possible.some((country) => countries.includes(country)) ? null : 'invalid';
  }
  if (!number.country || !countries.includes(number.country)) return 'country';
  return callableTypes.has(number.getType()) ? null : 'type';
}

/** Returns whether an agent may be called at this number. The demo, which simulates all phones, allows all countries. */
export function isCallableAgentNumber(
  number: PhoneNumber,
  calling: Pick<CallingConfig, 'countries' | 'unassignedNumbers'>,
): boolean {
  if (!calling.unassignedNumbers) return faultOf(number, calling) === null;
  return number.isValid()
    ? number.country !== undefined && callableTypes.has(number.getType())
    : number.getPossibleCountries().length > 0;
}

/** Masks a number for logs and staff: "+38164•••01". */
export function masked(number: PhoneNumber): string {
  const { countryCallingCode, nationalNumber } = number;
  return `+${countryCallingCode}${nationalNumber.slice(0, 2)}•••${nationalNumber.slice(-2)}`;
}

/** Hashes a number for opt-outs and consents, with SECRET_KEY. */
export const phoneHash = (secretKey: string, phone: string): Buffer =>
  keyedHash(secretKey, 'quoteline phones', phone);

/** Hashes a client's address, with SECRET_KEY. */
export const addressHash = (secretKey: string, address: string): Buffer =>
  keyedHash(secretKey, 'quoteline callers', address);

function keyedHash(secretKey: string, purpose: string, text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32));
  return createHmac('sha256', key).update(text).digest();
}

/** Days for which a consent given on the phone is valid. */
export const consentDays = 90;

/** A called number, and whether any of its calls was answered. */
export interface CalledNumber {
  phone: string;
  answered: boolean;
}

/** The number of calls per address, and per buyer, that count for closing a country. */
export const mostCountedPerSource = 3;

/**
 * Returns whether too few in this country answer, which indicates traffic pumping or stolen lists of numbers. Numbers
 * count once and addresses a few times, so that one prankster can't close a country.
 */
export function isUnanswered(
  country: string | undefined,
  called: readonly CalledNumber[],
  { calls, percent }: CallingConfig['unanswered'],
): boolean {
  const own = called.filter(({ phone }) => readNumber(phone)?.country === country);
  const unanswered = own.filter(({ answered }) => !answered).length;
  return own.length >= calls && unanswered * 100 > percent * own.length;
}

const longestClosedHours = 24;

/** Returns the hours of a closure: one, doubled for each earlier closure within a week. */
export const closedHours = (timesBefore: number): number =>
  Math.min(longestClosedHours, 2 ** Math.min(timesBefore, 10));

/** Returns since when calls to a country count: the last day, but only after its last closure. */
export function countedSince(closings: readonly { until: Date }[], now: Date): Date {
  const dayAgo = now.getTime() - 86_400_000;
  return new Date(Math.max(dayAgo, closings[0]?.until.getTime() ?? 0));
}

/** Today's minutes of all legs: ended ones, and live ones with their limit. */
export interface Minutes {
  over: number;
  live: number;
}

/** Whether another call fits. `full`: only if live calls end before their limit. `spent`: not today. */
export type Budget = 'fits' | 'full' | 'spent';

/** Returns the cost in 1/10000 of the account's currency. */
export function costOf(minutes: number, { minutePrice }: Pick<CallingConfig, 'minutePrice'>): bigint {
  return BigInt(minutes) * parse(minutePrice);
}

/** Returns whether a call's two legs fit the day's budget, even if all live calls reach their limit. */
export function budgetFor(
  { over, live }: Minutes,
  config: Pick<CallingConfig, 'minutePrice' | 'dailyBudget' | 'maxMinutes'>,
): Budget {
  const next = 2 * config.maxMinutes;
  const budget = parse(config.dailyBudget);
  if (costOf(over + next, config) > budget) return 'spent';
  return costOf(over + live + next, config) > budget ? 'full' : 'fits';
}

/** A stop or resumption of all calls. */
export interface Switch {
  stopped: boolean;
  reason: string;
  at: Date;
}

/** The reason of an automatic stop. */
export const budgetSpent = 'the budget of the day is spent';

/** Returns whether calls are stopped: for the budget until the next day (UTC), by hand until resumed. */
export function isStoppedBy(last: Switch | null, now: Date): boolean {
  if (!last?.stopped) return false;
  return last.reason !== budgetSpent || startOfDay(now) <= startOfDay(last.at);
}

/** Returns midnight UTC. */
export function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
