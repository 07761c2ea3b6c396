// Stripe counts in each currency's smallest unit, which for some currencies isn't that of ISO 4217:
// https://docs.stripe.com/currencies#zero-decimal.

const withoutDecimals = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');
const withThreeDecimals = 'BHD JOD KWD OMR TND'.split(' ');
/** Two decimals at Stripe, which must be zero. */
const wholeOnly = 'ISK UGX'.split(' ');

const digitsOf = (currency: string): number =>
  withoutDecimals.includes(currency) ? 0 : withThreeDecimals.includes(currency) ? 3 : 2;

/** What one of Stripe's units is, in 1/10000 of the currency's unit. */
const unitOf = (currency: string): bigint => 10n ** BigInt(4 - digitsOf(currency));

/** Returns an amount, in 1/10000 of the currency's unit, in Stripe's units. Throws a RangeError if it has no such amount. */
export function toUnits(amount: bigint, currency: string): number {
  const step = wholeOnly.includes(currency)
    ? 10_000n
    : // Of three decimals, the last must be zero.
      withThreeDecimals.includes(currency)
      ? 100n
      : unitOf(currency);
  const units = amount / unitOf(currency);
  if (amount <= 0n || amount % step !== 0n || units > BigInt(Number.MAX_SAFE_INTEGER))
    throw new RangeError(`no amount of Stripe: ${amount} ${currency}`);
  return Number(units);
}

/** The reverse of `toUnits`. */
export const fromUnits = (units: number, currency: string): bigint => BigInt(units) * unitOf(currency);
