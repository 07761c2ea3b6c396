import type { ColumnKind } from '../words/headings.ts';
import type { Catalogue } from './catalogue.ts';
import type { Line } from './delimited.ts';
import { hasDecimals, type Mark, type NumberStyle, styleOf } from './numberStyle.ts';
import { readMeasured, unitOf } from './quantity.ts';
import type { HeadedColumn } from './sections.ts';
import { wordsOf } from './text.ts';
import { isUnread } from './unread.ts';

/** Why rows without a clear quantity are asked about. */
export type QuantityDoubt =
  /** Another column holds whole numbers, and nothing says what they are. */
  | 'quantity_column_unknown'
  /** Several columns may be the quantity. */
  | 'quantity_columns_differ'
  /** The only whole numbers look like positions. */
  | 'quantity_or_position';

/** What the columns of a section are. */
export interface Layout {
  /** The first is the code column; the others are tried too. Empty: rows are read freely. */
  codes: number[];
  /** Columns that may be the quantity; they must agree. */
  quantities: number[];
  /** Columns without headings that may hold quantities in some rows. */
  unexplained: number[];
  /** Null: without a quantity column each row is one piece. */
  doubt: QuantityDoubt | null;
  unit: number | null;
  /** Units that headings of quantities name. */
  headedUnits: ReadonlyMap<number, string>;
  name: number | null;
  vendor: number | null;
  note: number | null;
  /** `fitted`: yes means that the part is placed. */
  populate: { index: number; fitted: boolean } | null;
  kinds: (ColumnKind | null)[];
  /** How to read each column's numbers. */
  styles: NumberStyle[];
}

interface Stats {
  index: number;
  style: NumberStyle;
  kind: ColumnKind | null;
  wanted: boolean;
  mayBeSum: boolean;
  filled: number;
  /** Cells that are codes of the catalogue. */
  hits: number;
  /** Cells that are whole numbers, perhaps with a unit. */
  whole: number;
  /** Those written with a unit, or with decimals. */
  measured: number;
  decimal: number;
  units: number;
  values: number[];
  long: boolean;
  /** All cells have cents, and not all are whole: "15,00", "6,30". */
  price: boolean;
  /** Cells with a word, as names have. */
  names: number;
  /** Cells that aren't whole numbers, but may be meant as quantities. */
  unread: number;
}

/** Finds out by headings and by the catalogue what each column holds. */
export function layoutOf(
  columns: readonly HeadedColumn[],
  lines: readonly Line[],
  catalogue: Catalogue,
  mark: Mark | null,
): Layout {
  const width = Math.max(columns.length, ...lines.map(({ cells }) => cells.length), 0);
  const stats = Array.from({ length: width }, (_, index) =>
    statsOf(index, columns[index], lines, { catalogue, mark }),
  );
  const headed = columns.some(({ heading }) => heading !== null);
  const codes = codeColumns(stats, headed);
  const rest = stats
    .filter(({ index }) => !codes.includes(index))
    .map((one) => (headed ? one : { ...one, unread: unreadOf(one, codes[0] ?? -1, lines) }));
  const unit =
    rest.find(({ kind }) => kind === 'unit') ??
    rest.find((one) => one.kind === null && isMostly(one.units, one));
  const quantity = headed
    ? headedQuantity(rest)
    : bareQuantity(rest, codes, unit?.index ?? null, lines.length);
  const populate = rest.find(({ kind }) => kind === 'populate');
  return {
    codes,
    ...quantity,
    unexplained: headed ? [] : rest.filter(({ price }) => !price).map(({ index }) => index),
    unit: unit?.index ?? null,
    headedUnits: new Map(
      columns.flatMap(({ heading }, index) => (heading?.unit ? [[index, heading.unit] as const] : [])),
    ),
    name: rest.find(({ kind }) => kind === 'name')?.index ?? null,
    vendor: rest.find(({ kind }) => kind === 'vendor')?.index ?? null,
    note: rest.find(({ kind }) => kind === 'note')?.index ?? null,
    populate: populate
      ? { index: populate.index, fitted: isFitted(columns[populate.index]?.text ?? '') }
      : null,
    kinds: stats.map(({ kind }) => kind),
    styles: stats.map(({ style }) => style),
  };
}

const unreadOf = ({ index, style }: Stats, code: number, lines: readonly Line[]): number =>
  lines.filter(({ cells }) => {
    const cell = cells[index] ?? '';
    return isUnread(cell, cells[code] ?? '') && typeof readMeasured(cell, style)?.quantity !== 'number';
  }).length;

const isFitted = (heading: string): boolean =>
  /^(?:fitted|populate|populated|placed|bestuckt)$/.test(wordsOf(heading));
const isMostly = (count: number, { filled }: Stats): boolean => filled > 0 && count * 10 >= filled * 6;

function statsOf(
  index: number,
  column: HeadedColumn | undefined,
  lines: readonly Line[],
  { catalogue, mark }: { catalogue: Catalogue; mark: Mark | null },
): Stats {
  const cells = lines.map((line) => line.cells[index] ?? '').filter((cell) => cell !== '');
  const style = styleOf(cells, mark);
  const measured = cells.map((cell) => ({ cell, read: readMeasured(cell, style) }));
  const whole = measured.filter(({ read }) => typeof read?.quantity === 'number');
  return {
    index,
    style,
    kind: column?.heading?.kind ?? null,
    wanted: column?.heading?.wanted ?? false,
    mayBeSum: column?.heading?.mayBeSum ?? false,
    filled: cells.length,
    hits: cells.filter((cell) => catalogue.find(cell).length > 0).length,
    whole: whole.length,
    measured: measured.filter(({ read }) => read?.unit).length,
    decimal: measured.filter(({ cell, read }) => read && !read.unit && hasDecimals(cell, style)).length,
    units: cells.filter((cell) => cell.length < 20 && !/\d/.test(cell) && unitOf(cell) !== null).length,
    values: whole.map(({ read }) => Number(read?.quantity)),
    long: cells.length > 0 && cells.every((cell) => /^\d{7,}$/.test(cell)),
    price:
      cells.length > 1 &&
      whole.length < cells.length &&
      cells.every((cell) => /^[\d.,'’ ]*\d[.,]\d\d$/u.test(cell)),
    names: cells.filter((cell) => /\p{L}{4}/u.test(cell)).length,
    unread: 0,
  };
}

const neverCodes: ReadonlySet<ColumnKind | null> = new Set([
  'quantity',
  'price',
  'date',
  'stock',
  'pack',
  'handled',
  'unit',
  'populate',
  'note',
  'position',
  'vendor',
] as const);

/** The column with the most codes of the catalogue, then the others that their headings call codes. */
function codeColumns(stats: readonly Stats[], headed: boolean): number[] {
  const named = stats.filter(({ kind, filled }) => !neverCodes.has(kind) && filled > 0);
  // "No." may be the number of the article.
  const numbers = stats.filter(
    (one) => one.kind === 'position' && isMostly(one.hits, one) && !isCounting(one.values),
  );
  const isNamed = named.some((one) => one.kind === 'code' || one.hits > 0);
  const possible = isNamed ? named : [...named, ...numbers];
  const isCode = ({ kind }: Stats): number => Number(kind === 'code');
  // Text rather than small numbers, which are codes by chance.
  const isText = (one: Stats): number => Number(!isMostly(one.whole, one));
  const byHits = [...possible].sort(
    (a, b) => b.hits - a.hits || isCode(b) - isCode(a) || isText(b) - isText(a) || a.index - b.index,
  );
  const [best] = byHits;
  if (!best || (best.hits === 0 && !isCode(best)))
    return headed || stats.length < 2 ? [] : unknownCodes(possible);
  const others = byHits.filter(
    (one) => one !== best && (headed ? isCode(one) : one.hits * 2 >= Math.max(one.filled, 1) && one.hits > 0),
  );
  return [best, ...others].map(({ index }) => index);
}

/** Without any known code: the first column of texts with digits. */
function unknownCodes(possible: readonly Stats[]): number[] {
  const texts = possible.filter(
    (one) => !isMostly(one.whole, one) && !isMostly(one.decimal, one) && !isMostly(one.units, one),
  );
  return texts.slice(0, 1).map(({ index }) => index);
}

type QuantityColumns = Pick<Layout, 'quantities' | 'doubt'>;

function headedQuantity(rest: readonly Stats[]): QuantityColumns {
  const named = rest.filter(({ kind }) => kind === 'quantity');
  const wanted = named.filter((one) => one.wanted);
  const counted = named.filter((one) => !one.mayBeSum);
  const chosen = [wanted, counted, named].find((all) => all.length > 0) ?? [];
  if (chosen.length > 0) return { quantities: chosen.map(({ index }) => index), doubt: null };
  const holdsWhole = rest.filter(
    (one) => one.kind !== 'code' && !one.long && one.whole > 0 && isMostly(one.whole, one),
  );
  return { quantities: [], doubt: holdsWhole.length > 0 ? 'quantity_column_unknown' : null };
}

/** Without headings: the one column of whole numbers that isn't a price, a position or a year. */
function bareQuantity(
  rest: readonly Stats[],
  codes: readonly number[],
  unit: number | null,
  rows: number,
): QuantityColumns {
  const numbers = rest.filter(
    (one) => one.filled > 0 && isMostly(one.whole, one) && !one.long && one.filled * 2 >= rows,
  );
  const measured = numbers.filter((one) => one.measured > 0 && isMostly(one.measured, one));
  if (measured.length === 1) return { quantities: measured.map(({ index }) => index), doubt: null };
  const beside = numbers.filter(({ index }) => unit !== null && index === unit - 1);
  if (beside.length === 1) return { quantities: beside.map(({ index }) => index), doubt: null };
  const plainNumbers = numbers.filter((one) => one.decimal === 0);
  const counted = plainNumbers.filter((one) => !isPosition(one, codes));
  const unread = unreadColumns(rest, codes, unit);
  const [only, ...others] = counted;
  if (only && unread.some((one) => one.whole > 0 && !numbers.includes(one)))
    return { quantities: [], doubt: 'quantity_columns_differ' };
  if (only && others.some((one) => one.values.join() !== only.values.join()))
    return { quantities: [], doubt: 'quantity_columns_differ' };
  if (only && isYear(only)) return { quantities: [], doubt: 'quantity_column_unknown' };
  // One row can't show that its first number counts rows.
  const mayBePosition =
    only?.values.length === 1 && only.index < (codes[0] ?? 0) && rest.length > 1 && others.length === 0;
  if (only && !mayBePosition) return { quantities: [only.index], doubt: null };
  const [unclear, ...more] = unread.filter((one) => !plainNumbers.includes(one));
  if (unclear && more.length === 0) return { quantities: [unclear.index], doubt: null };
  if (plainNumbers.length > 0) return { quantities: [], doubt: 'quantity_or_position' };
  // "10,00", "4,00" may be quantities of a ledger or prices, "2,50" metres too. Beside names they are a price list's.
  const isPriceList = rest.some(({ names, filled }) => filled > 0 && names === filled);
  const mayBePrice = rest.some(
    (one) =>
      !(one.price && isPriceList) &&
      one.decimal > 0 &&
      (isMostly(one.decimal, one) || one.whole === one.filled),
  );
  return { quantities: [], doubt: unclear || mayBePrice ? 'quantity_column_unknown' : null };
}

/** Columns of quantities many of which can't be read. Those with readable ones go before the others. */
function unreadColumns(rest: readonly Stats[], codes: readonly number[], unit: number | null): Stats[] {
  const likely = rest.filter(
    (one) =>
      one.unread > 0 &&
      one.index !== unit &&
      !one.price &&
      isMostly(one.whole + one.unread, one) &&
      (one.decimal === 0 || !isMostly(one.decimal, one)) &&
      !isPosition(one, codes),
  );
  const readable = likely.filter(({ whole }) => whole > 0);
  return readable.length > 0 ? readable : likely;
}

const isYear = ({ values }: Stats): boolean =>
  values.length > 0 && values.every((value) => value >= 1990 && value <= 2040);

/** Numbers before the code that count up evenly. */
const isPosition = ({ index, values }: Stats, codes: readonly number[]): boolean =>
  isCounting(values) && index < (codes[0] ?? 0);

/** Returns whether numbers are 1, 2, 3 or 10, 20, 30. */
export function isCounting(values: readonly number[]): boolean {
  const [first = 0, second] = values;
  if (second === undefined) return false;
  const step = second - first;
  return (
    step > 0 &&
    [1, 10, 100].includes(step) &&
    first <= step * 10 &&
    values.every((value, nth) => value === first + nth * step)
  );
}
