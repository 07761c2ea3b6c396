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
  | 'country_unanswered';

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

/** Whether an agent may have this number: a person's phone, in whatever country its vendor is. */
export const isOfPerson = (
  number: PhoneNumber,
  { unassignedNumbers }: Pick<CallingConfig, 'unassignedNumbers'>,
): boolean =>
  number.isValid()
    ? number.country !== undefined && callableTypes.has(number.getType())
    : unassignedNumbers && number.getPossibleCountries().length > 0;

/** For logs and staff: "+38164•••01". */
export function masked(number: PhoneNumber): string {
  const { countryCallingCode, nationalNumber } = number;
  return `+${countryCallingCode}${nationalNumber.slice(0, 2)}•••${nationalNumber.slice(-2)}`;
}

/** How opt-outs and consents know a number without holding it: a hash that is useless without SECRET_KEY. */
export function phoneHash(secretKey: string, phone: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'quoteline phones', 32));
  return createHmac('sha256', key).update(phone).digest();
}

/** How the calls of today that reached a visitor's phone ended. */
export interface Reached {
  phone: string;
  answered: boolean;
}

/**
 * Whether too few in this country answer, which is how traffic pumping and pranks look: past the share, once there are
 * enough calls to judge by.
 */
export function isUnanswered(
  country: string | undefined,
  today: readonly Reached[],
  { calls, percent }: CallingConfig['unanswered'],
): boolean {
  const own = today.filter(({ phone }) => readNumber(phone)?.country === country);
  const unanswered = own.filter(({ answered }) => !answered).length;
  return own.length >= calls && unanswered * 100 > percent * own.length;
}
