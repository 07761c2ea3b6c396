import { parse } from 'csv-parse/sync';
import { type Columns, readHeader } from './header.ts';
import { numberForm, pieceWords, type Quantity, readQuantity } from './quantity.ts';

/** One way to understand a row. Which one holds is decided by the codes that exist. */
export interface Reading {
  code: string;
  quantity: Quantity;
  /** What stood for the quantity. */
  typed: string;
}

export interface Row {
  /** Counted from 1, blank lines too. */
  row: number;
  input: string;
  /** In the order in which they are tried. */
  readings: Reading[];
  /** What is meant most likely, when no code exists. */
  likely: Reading;
  /** It names columns; a row of headings unless its code exists. */
  heading: boolean;
  /** The product meant, where somebody chose it. */
  productId?: string;
}

// A longer line is no code with a quantity; it is tried as a whole only.
const maxLineLength = 500;
const maxFields = 8;

/**
 * Reads a pasted or uploaded list: a row a line, code and quantity in any order, by tab, semicolon, comma or spaces;
 * a missing quantity is 1; a first row of headings says which column is which; blank lines are left out.
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
    const readings = columns && cells.length > 1 ? byColumns(cells, columns) : freely(line, cells);
    rows.push({
      row: index + 1,
      input: line,
      readings,
      likely: likeliest(readings),
      heading: heading !== null,
    });
    columns ??= heading && heading.codes.length > 0 ? heading : null;
  }
  return rows;
}

/** One row given by its parts. */
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

/** Returns the cells of a line, by the strongest separator in it; quotes as in CSV. */
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
    // An inch mark, not a quote.
    return separator ? line.split(separator).map((cell) => cell.trim()) : [line.trim()];
  }
}

function byColumns(cells: readonly string[], { codes, quantity }: Columns): Reading[] {
  const read = reader(quantity === null ? '' : cells[quantity]);
  const filled = codes.map((column) => cells[column] ?? '').filter((code) => code !== '');
  return (filled.length > 0 ? filled : [cells.find((cell) => cell !== '') ?? '']).map((code) => ({
    code,
    ...read,
  }));
}

function freely(line: string, cells: readonly string[]): Reading[] {
  const whole = { code: line.trim(), ...reader('') };
  if (line.length > maxLineLength) return [whole];
  const filled = cells.filter((cell) => cell !== '').slice(0, maxFields);
  const single = filled.length === 1 ? (filled[0] ?? '') : '';
  const byCells = single
    ? [{ code: single, ...reader('') }, ...bySpaces(single)]
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

/** "CAB-5 100", "100 CAB-5", "2 x CAB-5", "CAB-5 1 000", "97 53 14 2". */
function bySpaces(typed: string): Reading[] {
  // Runs of spaces mean one, and would make the forms below try every place in them.
  const text = typed.replace(/\s+/gu, ' ');
  const readings: Reading[] = [];
  for (const form of [atEnd, groupsAtEnd]) {
    const [, code, quantity] = form.exec(text) ?? [];
    if (code !== undefined) readings.push({ code: code.trim(), ...reader(quantity) });
  }
  for (const form of [atStart, groupsAtStart]) {
    const [, quantity, code] = form.exec(text) ?? [];
    if (code !== undefined) readings.push({ code: code.trim(), ...reader(quantity) });
  }
  return readings;
}

const reader = (typed = '') => ({ quantity: readQuantity(typed), typed });

/** Returns the one quantity among a row's other cells. Two whole numbers: a position or a price may be among them. */
function quantityAmong(cells: readonly string[]): Omit<Reading, 'code'> {
  const numbers = cells.map(reader).filter(({ quantity }) => quantity !== 'quantity_not_a_number');
  const whole = numbers.filter(({ quantity }) => typeof quantity === 'number');
  const [only, ...others] = whole.length > 0 ? whole : numbers;
  if (only === undefined) return { quantity: 'quantity_not_a_number', typed: cells.join(' ') };
  if (others.every(({ quantity }) => quantity === only.quantity && whole.length > 0)) return only;
  return { quantity: 'quantity_unclear', typed: [only, ...others].map(({ typed }) => typed).join(' ') };
}

/** Rather a quantity that can be taken, a code without its quotes, a long code. */
function likeliest(readings: readonly Reading[]): Reading {
  const [whole = { code: '', ...reader('') }, ...parts] = readings;
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
