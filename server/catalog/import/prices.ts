import { type ReadAmount, readAmount } from '#server/common/amounts.ts';
import { exactAmount, TooFine } from './decimal.ts';
import { RowRefused } from './refusal.ts';

/** Reports something about a row that is imported all the same. */
export type Note = (reason: string) => void;

type DecimalMark = '.' | ',';

/** How the prices of a file are read. */
export interface PriceReading {
  /** Whether a price of 0 means free instead of "on request". */
  zeroIsFree: boolean;
  /** The mark by which a price such as 12.500 is read; null: the file doesn't tell, so such a price is refused. */
  decimalMark: DecimalMark | null;
}

/**
 * Reads a price: a decimal string, or null for "on request", which a price of 0 or one finer than four decimals becomes.
 * Throws RowRefused for other texts, for those with two readings, and for a price in another currency.
 */
export function readPrice(text: string, currency: string, reading: PriceReading, note: Note): string | null {
  let amount: string;
  try {
    amount = exactAmount(plainForm(text, currency, reading), 'price');
  } catch (error) {
    if (!(error instanceof TooFine)) throw error;
    note(`${error.message}: imported as "on request"`);
    return null;
  }
  if (/[1-9]/.test(amount) || reading.zeroIsFree) return amount;
  note('price 0 is imported as "on request"');
  return null;
}

const plainNumber = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;
const thousands = /^\d{1,3}\.\d{3}$/;

/** Returns the price as a plain number; a text that isn't a price stays, to be refused. */
function plainForm(written: string, currency: string, { decimalMark }: PriceReading): string {
  const text = written.trim();
  if (plainNumber.test(text) && (decimalMark === '.' || !thousands.test(text))) return text;
  // Finer than any amount, so no reading of amounts takes it.
  if (decimalMark !== '.' && /^\d+,\d{5,}$/.test(text)) return text.replace(',', '.');
  const read = readAmount(text);
  if (read.kind === 'unreadable') return text;
  if (read.currencies && !read.currencies.includes(currency)) {
    throw new RowRefused(`price "${text}" is not in ${currency}`);
  }
  if (read.kind === 'amount') return read.amount;
  if (decimalMark === null) throw new RowRefused(`price "${text}" can be ${read.readings.join(' or ')}`);
  const [asFraction, asThousands] = read.readings;
  return lastMark(text) === decimalMark ? asFraction : asThousands;
}

const lastMark = (text: string): string | undefined =>
  text[Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))];

/** Returns the decimal mark of written prices, by those with one reading; null if they don't tell or differ. */
export function decimalMarkOf(prices: Iterable<string>): DecimalMark | null {
  const marks = new Set<DecimalMark>();
  for (const text of prices) {
    const mark = lastMark(text);
    if ((mark === '.' || mark === ',') && hasFraction(readAmount(text))) marks.add(mark);
  }
  const [only] = marks;
  return marks.size === 1 && only ? only : null;
}

const hasFraction = (read: ReadAmount): boolean => read.kind === 'amount' && read.amount.includes('.');
