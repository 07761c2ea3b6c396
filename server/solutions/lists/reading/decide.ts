import * as phrases from '../words/phrases.ts';
import type { ColumnKind } from '../words/headings.ts';
import type { Catalogue } from './catalogue.ts';
import { isCounting, type Layout, layoutOf } from './columns.ts';
import type { Line } from './delimited.ts';
import type { Document } from './document.ts';
import { scaleOf } from './headings.ts';
import { signatureOf, withoutOlderMails } from './mail.ts';
import { isPriced, withKnownWord } from './knownWord.ts';
import { nameIn } from './naming.ts';
import { readLoose } from './loose.ts';
import { courtesyOf, readLooseRow } from './looseRow.ts';
import { decimalMarkOf, looseStyle, type Mark } from './numberStyle.ts';
import { type Quantity, readMeasured, unitOf } from './quantity.ts';
import { type Roles, withRoles } from './roles.ts';
import { blank, type ReadRow, type RowDoubt } from './row.ts';
import { type Section, sectionsOf } from './sections.ts';
import { listed, wordsOf } from './text.ts';
import { isUnread, namesPlaces } from './unread.ts';
import { variantsOf } from './variants.ts';

export interface Reading {
  rows: ReadRow[];
  /** The row of headings, of the first table that has one. */
  headingRow: number | null;
  columns: { index: number; heading: string; kind: ColumnKind | null; sample: string[] }[];
  /** Rows that have 1 because the list has no quantities. */
  ones: number[];
}

/** Reads a document by what its headings, its columns and the catalogue say. */
export function readDocument(document: Document, catalogue: Catalogue, roles: Roles | null = null): Reading {
  const sections = sectionsOf(document.lines, catalogue);
  const mark = decimalMarkOf(sections, catalogue, document.hasPlainNumbers ?? false);
  const read = sections.map((section) => readSection(section, { catalogue, mark, roles }));
  const scale = scaleOf(document.lines);
  const rows = read
    .flatMap((one) => one.rows)
    .sort((a, b) => a.row - b.row)
    .map((row) => (scale !== null && (row.unit ?? 'piece') === 'piece' ? { ...row, unit: scale } : row));
  const main =
    read.find(({ section }) => section.headings.length > 0) ??
    read.find(({ layout }) => layout.codes.length > 0);
  return {
    ...withoutQuantities(withoutOlderMails(rows.filter(({ row }) => row > 0))),
    headingRow: main?.section.headingRow || null,
    columns: (main?.layout.kinds ?? []).map((_, index) => ({
      index,
      heading: main?.section.columns[index]?.text ?? '',
      kind: main ? kindOf(index, main.layout) : null,
      sample: main ? sampleOf(index, main.section.lines) : [],
    })),
  };
}

const samples = 3;
/** Of a line's note. */
const longestNote = 2_000;

const sampleOf = (index: number, lines: readonly Line[]): string[] =>
  lines
    .map(({ cells }) => cells[index] ?? '')
    .filter((cell) => cell !== '')
    .slice(0, samples);

function kindOf(index: number, { codes, quantities, unit, vendor, kinds }: Layout): ColumnKind | null {
  if (codes[0] === index) return 'code';
  if (quantities.includes(index)) return 'quantity';
  if (unit === index) return 'unit';
  if (vendor === index) return 'vendor';
  const kind = kinds[index] ?? null;
  return kind === 'code' && !codes.includes(index) ? null : kind === 'quantity' ? null : kind;
}

interface SectionRows {
  section: Section;
  layout: Layout;
  rows: ReadRow[];
}

/** What a section is read by. */
interface Known {
  catalogue: Catalogue;
  mark: Mark | null;
  roles: Roles | null;
}

function readSection(section: Section, { catalogue, mark, roles }: Known): SectionRows {
  const inColumns = section.lines.filter(({ cells }) => cells.length > 1);
  const isProse = section.headings.length === 0 && inColumns.every((line) => isPriced(line));
  const hasKnown = inColumns.some(({ cells }) => cells.some((cell) => catalogue.find(cell).length > 0));
  const own = layoutOf(section.columns, isProse && !hasKnown ? [] : inColumns, catalogue, mark);
  const layout = roles ? withRoles(own, roles, inColumns, catalogue) : own;
  const headings = section.headings.map((line) => ({
    ...blank(line),
    code: line.cells[0] ?? '',
    skipped: 'heading' as const,
  }));
  if (section.preamble)
    return {
      section,
      layout,
      rows: section.lines.map((line) => ({
        ...blank(line),
        code: line.cells[0] ?? '',
        skipped: 'above_headings' as const,
      })),
    };
  const loose = section.lines.some((line) => layout.codes.length === 0 || line.cells.length < 2)
    ? { signedFrom: signatureOf(section.lines) }
    : { signedFrom: Infinity };
  const rows = section.lines.map((line): ReadRow => {
    if (layout.codes.length === 0 || line.cells.length === 1)
      return looseRow(line, catalogue, section, { layout, mark, isSigned: line.row >= loose.signedFrom });
    return tableRow(line, layout, catalogue);
  });
  return { section, layout, rows: [...headings, ...withoutPositions(rows, section, layout)] };
}

const totals = new Set(listed(phrases.totals));
const notPopulated = new Set(listed(phrases.notPopulated));
const cancelled = new Set(listed(phrases.cancelled));
const [yes, no] = [new Set(listed(phrases.yes)), new Set(listed(phrases.no))];

/** Returns whether a cell begins with a word of sums; a longer text is a name. */
function isTotal(cell: string): boolean {
  const words = wordsOf(cell).split(' ');
  if (words.length > 4) return totals.has(words.join(' '));
  return words.some((_, last) => totals.has(words.slice(0, last + 1).join(' ')));
}

/** Returns whether a cell says nothing but one of these phrases. */
const saysOneOf = (phrasesMeant: ReadonlySet<string>, cells: readonly string[]): boolean =>
  cells.some((cell) => cell.length < 30 && /^\D+$/u.test(cell) && phrasesMeant.has(wordsOf(cell)));

function isNotPlaced({ cells }: Line, { populate }: Layout): boolean {
  if (saysOneOf(notPopulated, cells)) return true;
  const words = populate ? wordsOf(cells[populate.index] ?? '') : '';
  if (!populate || words === '') return false;
  return populate.fitted ? no.has(words) : !no.has(words) || (yes.has(words) && !no.has(words));
}

/** Reads a row by its columns. */
function tableRow(line: Line, layout: Layout, catalogue: Catalogue): ReadRow {
  const { cells } = line;
  const filledCodes = layout.codes.map((index) => cells[index] ?? '').filter((cell) => cell !== '');
  const known = filledCodes.filter((cell) => catalogue.find(cell).length > 0);
  const code = known[0] ?? filledCodes[0] ?? '';
  const read: ReadRow = {
    ...blank(line),
    code,
    name: nameIn(line, layout),
    vendor: layout.vendor === null ? '' : (cells[layout.vendor] ?? ''),
    note: layout.note === null ? '' : noteOf(cells[layout.note] ?? ''),
  };
  const first = cells.find((cell) => cell !== '') ?? '';
  if (known.length === 0 && (isTotal(first) || isTotal(code))) return { ...read, skipped: 'total' };
  if (isNotPlaced(line, layout)) return { ...read, skipped: 'do_not_populate' };
  if (saysOneOf(cancelled, cells)) return { ...read, skipped: 'cancelled' };
  const quantity = quantityOf(line, layout);
  if (code === '') {
    const isRow = typeof quantity.quantity === 'number' && layout.quantities.length > 0;
    return isRow
      ? { ...read, ...quantity, doubt: 'code_missing' }
      : { ...read, code: first, skipped: 'group' };
  }
  const filled = cells.filter((cell) => cell !== '').length;
  if (known.length === 0 && filled === 1 && cells.length !== 1 && !/\d/.test(code))
    return { ...read, skipped: 'group' };
  const variants = variantsOf(code, line).filter((variant) => catalogue.find(variant).length > 0);
  return { ...read, ...quantity, ...productsOf([...known, ...variants], catalogue, quantity.doubt) };
}

/** The unit in a cell. A word that isn't known, or "/100", stays as it is, so that it is no unit that anything is sold by. */
const unitWritten = (cell: string): string | null =>
  unitOf(cell) ?? (/\p{L}|[02-9]/u.test(cell) ? wordsOf(cell) : null);

/** A note as a line can hold it. */
const noteOf = (cell: string): string =>
  cell.replaceAll('\0', '').trim().slice(0, longestNote).toWellFormed();

/** The products that all of a row's codes name: the maker's and a partner's number of one product agree. */
function productsOf(known: readonly string[], catalogue: Catalogue, doubt: RowDoubt | null) {
  const [first = [], ...others] = known.map((cell) => catalogue.find(cell));
  const shared = others.reduce((left, ids) => left.filter((id) => ids.includes(id)), first);
  if (shared.length > 0 || known.length < 2) {
    // A partner's own number is the more exact one.
    const narrow = [...known].sort((a, b) => catalogue.find(a).length - catalogue.find(b).length)[0];
    return { ids: shared, doubt, ...(narrow === undefined ? {} : { code: narrow }) };
  }
  return { ids: [...new Set([...first, ...others.flat()])], doubt: 'codes_differ' as const };
}

function quantityOf(
  { cells }: Line,
  { quantities, doubt, unit, headedUnits, codes, unexplained, styles }: Layout,
): Pick<ReadRow, 'quantity' | 'typed' | 'unit' | 'doubt'> {
  if (doubt) return { quantity: null, typed: '', unit: null, doubt };
  if (quantities.length === 0) {
    const code = codes.map((index) => cells[index] ?? '').find((cell) => cell !== '') ?? '';
    const unread = cells.find(
      (cell, index) =>
        (unexplained.includes(index) && isUnread(cell, code)) || (cell !== code && namesPlaces(cell)),
    );
    if (unread === undefined) return { quantity: 1, typed: '', unit: null, doubt: null };
    return { quantity: null, typed: unread, unit: null, doubt: 'quantity_unclear' };
  }
  const filled = quantities.filter((index) => (cells[index] ?? '') !== '');
  const typed = filled.map((index) => cells[index] ?? '');
  const shown = [...new Set(typed)].join(' / ');
  const beside = unit === null ? null : unitWritten(cells[unit] ?? '');
  const none = { quantity: null, typed: shown, unit: beside };
  if (typed.length === 0) return { ...none, doubt: 'quantity_missing' };
  const values = new Map(
    filled.map((index) => {
      const measured = readMeasured(cells[index] ?? '', styles[index]);
      const written = measured?.unit ?? beside;
      // "2" of "pcs" in thousands is 2,000.
      const own =
        (written === 'piece' ? headedUnits.get(index) : null) ?? written ?? headedUnits.get(index) ?? null;
      return [measured?.quantity ?? 'quantity_not_a_number', own];
    }),
  );
  const [[value, own] = ['quantity_not_a_number' as Quantity, null], ...differing] = values;
  if (differing.length > 0 || typed.length < quantities.length)
    return { ...none, doubt: 'quantity_columns_differ' };
  if (typeof value !== 'number') return { ...none, unit: own, doubt: value };
  // Accountants write what is returned in brackets.
  if (/^\(.*\)$/.test(shown)) return { ...none, unit: own, doubt: 'quantity_unclear' };
  return { quantity: value, typed: shown, unit: own, doubt: null };
}

function looseRow(
  line: Line,
  catalogue: Catalogue,
  section: Section,
  { layout, mark, isSigned }: { layout: Layout; mark: Mark | null; isSigned: boolean },
): ReadRow {
  const read = readLooseRow(line, catalogue, looseStyle(mark));
  if (read.ids.length > 0) {
    const isLeftOut = read.typed === '' && (layout.quantities.length > 0 || layout.doubt !== null);
    return isLeftOut
      ? { ...read, quantity: null, doubt: read.doubt ?? layout.doubt ?? 'quantity_missing' }
      : read;
  }
  const words = wordsOf(line.raw.slice(0, 500));
  if (isTotal(line.cells[0] ?? '')) return { ...read, skipped: 'total' };
  if (section.headings.length > 0 && !/\d/.test(line.raw)) return { ...read, skipped: 'group' };
  const named = withKnownWord(read, catalogue);
  // "Please send 12 pieces of 6206 instead of 10" is more than a courtesy.
  if (!isSigned && named.ids.length > 0 && hasMeasure(words)) return named;
  if (isSigned || courtesyOf(line.raw) || (words.split(' ').length > 2 && !/\d/.test(words)))
    return { ...read, quantity: null, skipped: 'text' };
  return named;
}

const hasMeasure = (words: string): boolean =>
  words
    .split(' ')
    .some((word, nth, all) => nth > 0 && /^\d+$/.test(all[nth - 1] ?? '') && unitOf(word) !== null);

/** Bare numbers before the codes that count 1, 2, 3 may be positions: they are asked about. */
function withoutPositions(rows: ReadRow[], section: Section, layout: Layout): ReadRow[] {
  if (layout.codes.length > 0) return rows;
  const lineOf = new Map(section.lines.map((line) => [line.row, line]));
  const leading = rows.filter((row) => {
    const line = lineOf.get(row.row);
    if (!line || row.quantity === null || row.skipped) return false;
    return readLoose(line.raw).interpretations.some(
      ({ first, marked, quantity, code }) => first && !marked && quantity === row.typed && code === row.code,
    );
  });
  if (leading.length < 2 || !isCounting(leading.map(({ quantity }) => quantity ?? 0))) return rows;
  return rows.map((row) =>
    leading.includes(row) ? { ...row, quantity: null, doubt: 'quantity_or_position' } : row,
  );
}

/** Fills in 1 where no row of the list has a quantity; where others have one, a missing one is asked about. */
function withoutQuantities(rows: ReadRow[]): Pick<Reading, 'rows' | 'ones'> {
  const open = rows.filter(({ skipped, ids }) => skipped === null && ids.length > 0);
  const written = rows.some(
    (row) => row.skipped === null && (row.typed !== '' || row.doubt === 'quantity_unclear'),
  );
  const ones = open.filter(({ typed, quantity, doubt }) => typed === '' && quantity === 1 && doubt === null);
  if (!written || ones.length === 0) return { rows, ones: ones.map(({ row }) => row) };
  return {
    rows: rows.map((row) =>
      ones.includes(row) ? { ...row, quantity: null, doubt: 'quantity_missing' } : row,
    ),
    ones: [],
  };
}
