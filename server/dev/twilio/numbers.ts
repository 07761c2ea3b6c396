import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

// Twilio's test numbers, with their errors.
const magicTo: Record<string, number> = {
  '+15005550001': 21217,
  '+15005550002': 21214,
  '+15005550003': 21215,
  '+15005550004': 21216,
};
// The codes of the same errors inside `<Dial>`.
const dialCodes: Record<number, number> = { 21211: 13224, 21215: 13227, 21216: 13225 };
const invalidNumber = 13224;

export interface NumberRule {
  /** Whether unassigned numbers ring. */
  unassignedNumbers: boolean;
}

/** Returns Twilio's error code if this number can't be called by the API, or null. */
export function callErrorCode(number: string, { unassignedNumbers }: NumberRule): number | null {
  const magic = magicTo[number];
  if (magic) return magic;
  const parsed = parsePhoneNumberFromString(number);
  const exists = unassignedNumbers ? parsed?.isPossible() : parsed?.isValid();
  return exists ? null : 21211;
}

/** Returns Twilio's error code if this number can't be called by `<Dial>`, or null. */
export function dialErrorCode(number: string, rule: NumberRule): number | null {
  const code = callErrorCode(number, rule);
  return code === null ? null : (dialCodes[code] ?? invalidNumber);
}

/** Returns Twilio's error code if calls can't come from this number, or null. */
export function callerErrorCode(number: string, ours: string): number | null {
  if (number === ours) return null;
  return /^\+[1-9]\d{6,14}$/.test(number) ? 21210 : 21212;
}
