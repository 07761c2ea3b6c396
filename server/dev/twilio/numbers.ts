import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

// The numbers of Twilio's test credentials, each with its error.
const magicTo: Record<string, number> = {
  '+15005550001': 21217,
  '+15005550002': 21214,
  '+15005550003': 21215,
  '+15005550004': 21216,
};
// What the same trouble is called inside `<Dial>`.
const dialCodes: Record<number, number> = { 21211: 13224, 21215: 13227, 21216: 13225 };
const invalidNumber = 13224;

export interface NumberRule {
  /** Numbers of ranges without subscribers ring too. */
  unassignedNumbers: boolean;
}

/** Returns why a REST request cannot call this number, as Twilio's code; null: it can. */
export function whyNotTo(number: string, { unassignedNumbers }: NumberRule): number | null {
  const magic = magicTo[number];
  if (magic) return magic;
  const parsed = parsePhoneNumberFromString(number);
  const exists = unassignedNumbers ? parsed?.isPossible() : parsed?.isValid();
  return exists ? null : 21211;
}

/** The same for a number in a `<Dial>`. */
export function whyNotDial(number: string, rule: NumberRule): number | null {
  const code = whyNotTo(number, rule);
  return code === null ? null : (dialCodes[code] ?? invalidNumber);
}

/** Returns why calls cannot come from this number. */
export function whyNotFrom(number: string, ours: string): number | null {
  if (number === ours) return null;
  return /^\+[1-9]\d{6,14}$/.test(number) ? 21210 : 21212;
}
