import { createHmac, hkdfSync } from 'node:crypto';
import { type NumberType, parsePhoneNumberWithError, type PhoneNumber } from 'libphonenumber-js/max';
import type { CallingConfig } from '#server/platform/config.ts';

/** Why a number isn't called. Never shown to the buyer. */
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
 * Parses what a person typed into a number that could exist, or null. Needs the country prefix. Rejects extensions, letters
 * and anything after the number instead of dropping them: a stranger might answer.
 */
export function readNumber(text: string): PhoneNumber | null {
  // Full-width digits and the like are plain ones after NFKC.
  const plain = text.normalize('NFKC').trim();
  if (!dialable.test(plain)) return null;
  try {
    const number = parsePhoneNumberWithError(plain.replace(/^00/, '+'), { extract: false });
    return number.isPossible() && !number.ext ? number : null;
  } catch {
    return null;
  }
}

/** Phones of people; not premium, shared-cost, pager, toll-free, satellite and the like. */
const callableTypes: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']);

/** Returns what is wrong with the number itself, or null. The country decides, not the prefix: +1 876 is Jamaica. */
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

/** Returns whether an agent is called at this number. The demo simulates all phones, so any country goes there. */
export function isOfPerson(
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

/** Hashes a number for opt-outs and consents; useless without SECRET_KEY. */
export const phoneHash = (secretKey: string, phone: string): Buffer =>
  keyedHash(secretKey, 'quoteline phones', phone);

/** Hashes a client's address, as limits count it. */
export const addressHash = (secretKey: string, address: string): Buffer =>
  keyedHash(secretKey, 'quoteline callers', address);

function keyedHash(secretKey: string, purpose: string, text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32));
  return createHmac('sha256', key).update(text).digest();
}

/** How long a consent given on the phone lasts. */
export const consentDays = 90;

/** A buyer's number that rang, and whether any of its calls was answered. */
export interface Reached {
  phone: string;
  answered: boolean;
}

/** How many calls of one address, and of one buyer, count when a country is judged. */
export const mostJudgedOfOne = 3;

/**
 * Returns whether too few in this country answer, as in traffic pumping or with stolen lists of numbers. Each number counts
 * once and each address and buyer a few times, so that one prankster can't close a country: twenty calls take seven
 * addresses. Their own limits and the day's budget bound what an address can do meanwhile.
 */
export function isUnanswered(
  country: string | undefined,
  reached: readonly Reached[],
  { calls, percent }: CallingConfig['unanswered'],
): boolean {
  const own = reached.filter(({ phone }) => readNumber(phone)?.country === country);
  const unanswered = own.filter(({ answered }) => !answered).length;
  return own.length >= calls && unanswered * 100 > percent * own.length;
}

const longestClosedHours = 24;

/** Returns an hour, doubled for each earlier closing within a week: pranks end soon, and pumping doesn't pay then. */
export const closedHours = (timesBefore: number): number =>
  Math.min(longestClosedHours, 2 ** Math.min(timesBefore, 10));

/** Returns since when calls to a country are judged: a day, but not the calls it was closed for. */
export function judgedSince(closings: readonly { until: Date }[], now: Date): Date {
  const dayAgo = now.getTime() - 86_400_000;
  return new Date(Math.max(dayAgo, closings[0]?.until.getTime() ?? 0));
}
