import type { ColumnKind } from '../words/headings.ts';
import type { Catalogue } from './catalogue.ts';
import type { Line } from './delimited.ts';
import type { HeadedColumn, Section } from './sections.ts';

export type Mark = ',' | '.';

/** The signs in numbers that are certain: "1.000" is a thousand where the dot groups, one where it is decimal. */
export interface NumberStyle {
  groups: Mark | null;
  decimal: Mark | null;
}

export const unknownStyle: NumberStyle = { groups: null, decimal: null };

/** Columns whose cells are no numbers: "24.12." is a day, "1.1" a place in a drawing. */
const never: ReadonlySet<ColumnKind | null> = new Set([
  'code',
  'date',
  'position',
  'name',
  'note',
  'vendor',
] as const);
const currency = '[€$£¥]|(?:eur|usd|rsd|chf|gbp|din|bam|pln|czk|huf|ron|kč|zł|ft|lei)(?!\\p{L})';
const priced = new RegExp(
  `(?:${currency})\\.?\\s?(\\d[\\d.,'’]*\\d)(?![\\d.,])|(?<![\\d.,])(\\d[\\d.,'’]*\\d)\\s?(?:${currency})`,
  'giu',
);
const longestCell = 300;

/**
 * Returns the decimal mark that a list's prices show ("12,50"); null if none do, or if any number of the list shows the
 * other one. With `hasPlainNumbers` a dot shows nothing: its writer may have typed commas.
 */
export function decimalMarkOf(
  sections: readonly Section[],
  catalogue: Catalogue,
  hasPlainNumbers: boolean,
): Mark | null {
  const found = sections.flatMap(({ columns, lines }) => [
    ...columnMarks(columns, lines, catalogue),
    ...lines.flatMap(({ cells }) => cells.flatMap(markWithCurrency)),
  ]);
  const shownBy = hasPlainNumbers ? found.filter(({ mark }) => mark === ',') : found;
  const marks = new Set(shownBy.map(({ mark }) => mark));
  return marks.size === 1 && shownBy.some(({ isPrice }) => isPrice) ? (shownBy[0]?.mark ?? null) : null;
}

/** A decimal mark that a number shows. Other numbers than prices show only that another mark isn't certain. */
interface Shown {
  mark: Mark;
  isPrice: boolean;
}

function columnMarks(
  columns: readonly HeadedColumn[],
  lines: readonly Line[],
  catalogue: Catalogue,
): Shown[] {
  const width = lines.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  return Array.from({ length: width }, (_, index): Shown[] => {
    const cells = lines.map((line) => line.cells[index] ?? '').filter((cell) => /\d[.,]\d/.test(cell));
    const kind = columns[index]?.heading?.kind ?? null;
    if (never.has(kind)) return [];
    const prices = kind === null ? markOfPrices(cells, catalogue) : null;
    return prices ? shown([prices], true) : shown(cells.map(markIn), kind === 'price');
  }).flat();
}

const shown = (marks: readonly (Mark | null)[], isPrice: boolean): Shown[] =>
  marks.filter((mark) => mark !== null).map((mark) => ({ mark, isPrice }));

function markWithCurrency(cell: string): Shown[] {
  if (cell.length > longestCell || !/\d/.test(cell)) return [];
  return shown(
    Array.from(cell.matchAll(priced), ([, after, before]) => markIn(after ?? before ?? '')),
    true,
  );
}

export const otherMark = (mark: string): Mark => (mark === ',' ? '.' : ',');

const withDecimals = [
  /^\d{1,3}(?:([.,'’ ])\d{3})+(?!\1)(?<mark>[.,])\d+$/,
  /^\d+(?<mark>[.,])(?:\d{1,2}|\d{4,})$/,
  /^0(?<mark>[.,])\d+$/,
  /^\d{4,}(?<mark>[.,])\d{3}$/,
];

/** Returns the decimal mark of a number that can be read in one way only. */
function markIn(cell: string): Mark | null {
  const [, repeated] = /^\d{1,3}([.,])\d{3}(?:\1\d{3})+$/.exec(cell) ?? [];
  if (repeated) return otherMark(repeated);
  const mark = withDecimals.map((form) => form.exec(cell)?.groups?.['mark']).find(Boolean);
  return mark === ',' || mark === '.' ? mark : null;
}

/**
 * Returns the decimal mark of a column without a heading if all of its cells have cents. With dots they may also be days
 * ("24.12") or customs numbers ("8482.10").
 */
function markOfPrices(cells: readonly string[], catalogue: Catalogue): Mark | null {
  const isPrice = (cell: string): boolean => /^(?:\d{1,3}(?:[.,'’ ]\d{3})+|\d+)[.,]\d\d$/.test(cell);
  if (cells.length === 0 || !cells.every((cell) => isPrice(cell) && catalogue.find(cell).length === 0))
    return null;
  const marks = new Set(cells.map(markIn));
  const [mark = null] = marks;
  if (marks.size > 1 || mark === null) return null;
  const mayBeOther = (cell: string): boolean =>
    /^\d{4}\.\d\d$/.test(cell) || /^(?:[0-2]?\d|3[01])\.(?:0\d|1[0-2])$/.test(cell);
  return mark === '.' && cells.every(mayBeOther) ? null : mark;
}

/**
 * Returns how to read a column's numbers in a list with this decimal mark. "1.000" has decimals only where all numbers of
 * the column end so: beside "2.500" it is rather a thousand, whatever the prices show.
 */
export function styleOf(cells: readonly string[], mark: Mark | null): NumberStyle {
  if (mark === null) return unknownStyle;
  const places = mark === ',' ? /\d,000(?!\d)/ : /\d\.000(?!\d)/;
  const isExact = cells.filter((cell) => /\d/.test(cell)).every((cell) => places.test(cell));
  return { groups: otherMark(mark), decimal: isExact ? mark : null };
}

/** Returns how to read numbers outside of columns. Nobody types "1.000" for one. */
export const looseStyle = (mark: Mark | null): NumberStyle => ({
  groups: mark === null ? null : otherMark(mark),
  decimal: null,
});

/** Returns whether a number is written with decimals rather than with groups of thousands. */
export const hasDecimals = (cell: string, { groups }: NumberStyle): boolean =>
  groups === null
    ? /\d[.,]\d/.test(cell)
    : /\d[.,]\d/.test(cell.replace(groups === '.' ? /\.(?=\d{3}(?!\d))/g : /,(?=\d{3}(?!\d))/g, ''));
