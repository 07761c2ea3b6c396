/** Returns the decimal mark of a language ("," in Serbian). */
export const decimalMark = (tag: string): string =>
  new Intl.NumberFormat(tag).formatToParts(0.5).find((part) => part.type === 'decimal')?.value ?? '.';

/** Returns a decimal string of the wire as a person of that language types it. */
export const typedAmount = (amount: string, mark: string): string => amount.replace('.', mark);

/**
 * Returns a typed amount as a decimal string, or null. Spaces group; of two different marks, the last one is the
 * decimal mark. A single foreign mark before exactly three digits could mean a thousand, so it is refused.
 */
export function readAmount(typed: string, mark: string): string | null {
  const text = typed.replace(/[\s\u00a0\u202f’']/g, '');
  const marks = text.replace(/[^.,]/g, '');
  const last = text.search(/[.,](?!.*[.,])/);
  const fraction = last < 0 ? '' : text.slice(last + 1);
  if (marks.length === 1 && marks !== mark && fraction.length === 3) return null;
  const grouped = new Set(marks).size < 2 && marks.length > 1;
  const whole = (grouped || last < 0 ? text : text.slice(0, last)).replace(/[.,]/g, '');
  const decimals = grouped ? '' : fraction.replace(/0+$/, '');
  if (grouped && !/^\d{1,3}([.,]\d{3})+$/.test(text)) return null;
  if (!/^\d{1,12}$/.test(whole) || !/^\d{0,4}$/.test(decimals)) return null;
  const trimmed = whole.replace(/^0+(?=\d)/, '');
  return decimals ? `${trimmed}.${decimals}` : trimmed;
}

/** Returns the share above (or below) a list price, for showing; null when there is none to compare with. */
export const shareOf = (price: bigint, list: bigint): number | null =>
  list === 0n ? null : Number(((price - list) * 100_000n) / list) / 100_000;
