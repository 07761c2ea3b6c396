import { createHmac, hkdfSync } from 'node:crypto';
import { type NumberType, parsePhoneNumberWithError, type PhoneNumber } from 'libphonenumber-js/max';
import type { CallingConfig } from '#server/platform/config.ts';

/** Why a number isn't called. The visitor is never told which. */
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
 * What a person typed -> a number that could exist, or null. The country prefix is needed; extensions, letters and
 * anything behind the number are not understood rather than dropped: somebody else might answer.
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

/** Phones of people. Premium, shared-cost, personal, pager, company-wide, toll-free, satellite and internet numbers are not. */
const callableTypes: ReadonlySet<NumberType> = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']);

/** The country decides, not the prefix: +1 876 is Jamaica. Null: may be called, as far as the number itself goes. */
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

/**
 * Whether an agent is called at this number: as a visitor would be. The demo plays all its phones itself, so there the
 * country doesn't matter.
 */
export function isOfPerson(
  number: PhoneNumber,
  calling: Pick<CallingConfig, 'countries' | 'unassignedNumbers'>,
): boolean {
  if (!calling.unassignedNumbers) return faultOf(number, calling) === null;
  return number.isValid()
    ? number.country !== undefined && callableTypes.has(number.getType())
    : number.getPossibleCountries().length > 0;
}

/** For logs and staff: "+38164•••01". */
export function masked(number: PhoneNumber): string {
  const { countryCallingCode, nationalNumber } = number;
  return `+${countryCallingCode}${nationalNumber.slice(0, 2)}•••${nationalNumber.slice(-2)}`;
}

/** How opt-outs and consents know a number without holding it: a hash that is useless without SECRET_KEY. */
export const phoneHash = (secretKey: string, phone: string): Buffer =>
  keyedHash(secretKey, 'quoteline phones', phone);

/** The same of an address, as limits count addresses. */
export const addressHash = (secretKey: string, address: string): Buffer =>
  keyedHash(secretKey, 'quoteline callers', address);

function keyedHash(secretKey: string, purpose: string, text: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', purpose, 32));
  return createHmac('sha256', key).update(text).digest();
}

/** How long who agreed on the phone isn't asked again. */
export const consentDays = 90;

/** How a call that rang a visitor's phone ended, with the others to that number taken together. */
export interface Reached {
  phone: string;
  answered: boolean;
}

/** How many calls of one address, and of one visitor, count when a country is judged. */
export const mostJudgedOfOne = 3;

/**
 * Whether too few in this country answer, which is how traffic pumping and stolen lists of numbers look: past the share,
 * once there are enough calls to judge by. Each number counts once and each address and visitor a few times, so that one
 * prankster with a list of dead numbers closes no country for everybody: twenty calls take seven addresses. That opens no
 * door: one address is held by its own limits, all of them by the day's budget, and a call nobody answers costs next to
 * nothing.
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

/** An hour at first, doubled for each time before within a week: a trick is soon over, pumping is not worth waiting for. */
export const closedHours = (timesBefore: number): number =>
  Math.min(longestClosedHours, 2 ** Math.min(timesBefore, 10));

/** From when on calls to a country are judged: a day back, and not by what it was closed for. */
export function judgedSince(closings: readonly { until: Date }[], now: Date): Date {
  const dayAgo = now.getTime() - 86_400_000;
  return new Date(Math.max(dayAgo, closings[0]?.until.getTime() ?? 0));
}
