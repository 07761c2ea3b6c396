import { isAmount } from '#server/common/money.ts';
import { RowRefused } from './refusal.ts';

/** Thrown for an amount that has more than four decimals. */
export class TooFine extends RowRefused {}

/**
 * Converts a JSON number's text to a decimal string, exactly: "1.5e-3" becomes "0.0015". Throws TooFine for more than
 * four decimals instead of rounding.
 */
export function exactAmount(text: string, field: string): string {
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text.trim()) ?? [];
  if (sign === undefined) throw new RowRefused(`${field} "${text}" is not a number`);
  const point = whole.length + Number(exponent);
  const digits = (whole + fraction).padEnd(point, '0').padStart(whole.length + fraction.length - point, '0');
  const at = Math.max(point, 0);
  const before = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0';
  const after = digits.slice(at).replace(/0+$/, '');
  if (sign && /[1-9]/.test(digits)) throw new RowRefused(`${field} ${text} is negative`);
  if (after.length > 4) throw new TooFine(`${field} ${text} has more than four decimals`);
  const amount = after ? `${before}.${after}` : before;
  if (!isAmount(amount)) throw new RowRefused(`${field} ${text} is too large`);
  return amount;
}
