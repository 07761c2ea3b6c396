import { parse } from 'csv-parse/sync';
import { type Columns, readHeader } from './header.ts';
import { numberForm, pieceWords, type Quantity, readQuantity } from './quantity.ts';

/** One way to read a row. The first whose code exists is used. */
export interface Reading {
  code: string;
  quantity: Quantity;
  /** The quantity as typed. */
  typed: string;
}

export interface Row {
  /** The line number from 1, counting blank lines. */
  row: number;
  input: string;
  /** In the order of preference. */
  readings: Reading[];
  /** The most likely reading, used if no code exists. */
  likely: Reading;
  /** Looks like a row of headings, and is one unless its code exists. */
  heading: boolean;
  /** Set if the buyer chose the product. */
  productId?: string;
}

// A longer line can't be a code with a quantity; it is only tried as one code.
const maxLineLength = 500;
const maxFields = 8;

/**
 * Reads a pasted list, one row per line: code and quantity in any order, separated by tab, semicolon, comma or spaces.
 * A missing quantity is 1, a first row may name the columns, blank lines are skipped.
 */
export function readList(text: string): Row[] {
  const rows: Row[] = [];
  let columns: Columns | null = null;
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .entries()) {
    if (line.trim() === '' || (index === 0 && /^sep=.$/i.test(line.trim()))) continue;
    const cells = cellsOf(line);
    const heading: Columns | null = rows.length === 0 ? readHeader(cells) : null;
    const readings = columns && cells.length > 1 ? byColumns(cells, columns) : withoutColumns(line, cells);
    rows.push({
      row: index + 1,
      input: line,
      readings,
      likely: mostLikely(readings),
      heading: heading !== null,
    });
    columns ??= heading && heading.codes.length > 0 ? heading : null;
  }
  return rows;
}

/** Reads a row given as JSON. */
export function readRow(index: number, given: { code: string; quantity?: unknown; productId?: string }): Row {
  const typed = ['string', 'number'].includes(typeof given.quantity) ? String(given.quantity) : '';
  const reading = { code: given.code.trim(), quantity: readQuantity(given.quantity), typed };
  return {
    row: index + 1,
    input: typed === '' ? given.code : `${given.code}\t${typed}`,
    readings: [reading],
    likely: reading,
    heading: false,
    ...(given.productId === undefined ? {} : { productId: given.productId }),
  };
}

/** Splits a line at its tabs, else semicolons, else commas. Quotes as in CSV. */
function cellsOf(line: string): string[] {
  const separator = ['\t', ';', ','].find((candidate) => line.includes(candidate));
  if (!line.includes('"'))
    return separator ? line.split(separator).map((cell) => cell.trim()) : [line.trim()];
  try {
    const records = parse(line, {
      delimiter: separator ?? ' ',
      relax_quotes: true,
      relax_column_count: true,
      trim: true,
    });
    return (records[0] ?? []).filter((cell) => separator !== undefined || cell !== '');
  } catch {
    // The quote is an inch mark.
    return separator ? line.split(separator).map((cell) => cell.trim()) : [line.trim()];
  }
}

function byColumns(cells: readonly string[], { codes, quantity }: Columns): Reading[] {
  const read = readTyped(quantity === null ? '' : cells[quantity]);
  const filled = codes.map((column) => cells[column] ?? '').filter((code) => code !== '');
  return (filled.length > 0 ? filled : [cells.find((cell) => cell !== '') ?? '']).map((code) => ({
    code,
    ...read,
  }));
}

function withoutColumns(line: string, cells: readonly string[]): Reading[] {
  const whole = { code: line.trim(), ...readTyped('') };
  if (line.length > maxLineLength) return [whole];
  const filled = cells.filter((cell) => cell !== '').slice(0, maxFields);
  const single = filled.length === 1 ? (filled[0] ?? '') : '';
  const byCells = single
    ? [{ code: single, ...readTyped('') }, ...bySpaces(single)]
    : filled.map((code, index) => ({ code, ...quantityAmong(filled.toSpliced(index, 1)) }));
  return distinct([whole, ...byCells, ...bySpaces(line.trim())]);
}

const atEnd = new RegExp(`^(.+?)\\s+(?:[x×*]\\s*)?(${numberForm})\\s*(?:${pieceWords})?\\.?$`, 'iu');
const atStart = new RegExp(
  `^(?:[x×]\\s*)?(${numberForm})\\s*(?:${pieceWords})?\\.?\\s+(?:[x×*]\\s+)?(.+)$`,
  'iu',
);
const groupsAtEnd = /^(.+?)\s+([1-9]\d{0,2}(?:\s\d{3})+)$/u;
const groupsAtStart = /^([1-9]\d{0,2}(?:\s\d{3})+)\s+(.+)$/u;

/** Reads forms such as "CAB-5 100", "100 CAB-5", "2 x CAB-5", "CAB-5 1 000", "97 53 14 2". */
function bySpaces(typed: string): Reading[] {
  // Collapse runs of spaces, which would make the regular expressions below backtrack.
  const text = typed.replace(/\s+/gu, ' ');
  const readings: Reading[] = [];
  for (const form of [atEnd, groupsAtEnd]) {
    const [, code, quantity] = form.exec(text) ?? [];
    if (code !== undefined) readings.push({ code: code.trim(), ...readTyped(quantity) });
  }
  for (const form of [atStart, groupsAtStart]) {
    const [, quantity, code] = form.exec(text) ?? [];
    if (code !== undefined) readings.push({ code: code.trim(), ...readTyped(quantity) });
  }
  return readings;
}

const readTyped = (typed = '') => ({ quantity: readQuantity(typed), typed });

/** Returns the quantity among a row's other cells; unclear if two differ, as one may be a position or a price. */
function quantityAmong(cells: readonly string[]): Omit<Reading, 'code'> {
  const numbers = cells.map(readTyped).filter(({ quantity }) => quantity !== 'quantity_not_a_number');
  const whole = numbers.filter(({ quantity }) => typeof quantity === 'number');
  const [only, ...others] = whole.length > 0 ? whole : numbers;
  if (only === undefined) return { quantity: 'quantity_not_a_number', typed: cells.join(' ') };
  if (others.every(({ quantity }) => quantity === only.quantity && whole.length > 0)) return only;
  return { quantity: 'quantity_unclear', typed: [only, ...others].map(({ typed }) => typed).join(' ') };
}

/** Prefers a valid quantity, then a code without quotes, then the longest code. */
function mostLikely(readings: readonly Reading[]): Reading {
  const [whole = { code: '', ...readTyped('') }, ...parts] = readings;
  const clear = ({ quantity }: Reading) => Number(typeof quantity === 'number');
  const quoted = ({ code }: Reading) => Number(code.startsWith('"'));
  const [best] = parts
    .filter((reading) => reading.quantity !== 'quantity_not_a_number')
    .sort((a, b) => clear(b) - clear(a) || quoted(a) - quoted(b) || b.code.length - a.code.length);
  return best ?? whole;
}

function distinct(readings: Reading[]): Reading[] {
  const seen = new Set<string>();
  return readings.filter(({ code, quantity }) => {
    const key = `${quantity} ${code}`;
    return code !== '' && !seen.has(key) && seen.add(key);
  });
}
