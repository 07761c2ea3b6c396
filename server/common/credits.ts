/** Credit in memory is a bigint in 1/100 credit, in JSON a decimal string with two places. */
const perCredit = 100n;

/** The form of credit on input. */
export const creditPattern = '^(0|[1-9][0-9]{0,6})(\\.[0-9]{1,2})?$';
const creditForm = new RegExp(creditPattern);

export const isCredit = (text: string): boolean => creditForm.test(text);

/** Parses "12.5" as 1250n. Throws a RangeError if it isn't credit. */
export function parseCredit(text: string): bigint {
  if (!isCredit(text)) throw new RangeError(`not credit: ${text}`);
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole) * perCredit + BigInt(fraction.padEnd(2, '0'));
}

/** Formats 1250n as "12.50" and -5n as "-0.05". */
export function formatCredit(amount: bigint): string {
  const absolute = amount < 0n ? -amount : amount;
  const fraction = (absolute % perCredit).toString().padStart(2, '0');
  return `${amount < 0n ? '-' : ''}${absolute / perCredit}.${fraction}`;
}

/** The credit that a minute of support takes unless a vendor's agreement says otherwise. */
export const usualRate = perCredit;

const secondsPerMinute = 60n;

/** Returns what seconds of support take at a rate per minute above zero, rounded up once to 1/100 credit. */
export function costOf(seconds: number, rate: bigint): bigint {
  return (BigInt(seconds) * rate + secondsPerMinute - 1n) / secondsPerMinute;
}

/** Returns the most seconds that take no more than the amount: the inverse of `costOf`. */
export function secondsFor(amount: bigint, rate: bigint): number {
  return amount <= 0n ? 0 : Number((amount * secondsPerMinute) / rate);
}
