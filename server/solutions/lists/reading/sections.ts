import type { ColumnKind } from '../words/headings.ts';
import type { Catalogue } from './catalogue.ts';
import type { Line } from './delimited.ts';
import { clean } from './text.ts';
import { beginsAsQuantity, hasNumber, type Heading, isWholeHeading, readHeading } from './headings.ts';

/** Rows under one row of headings, or under none. */
export interface Section {
  /** The rows of headings: a row of groups over them, the headings themselves. */
  headings: Line[];
  headingRow: number | null;
  columns: HeadedColumn[];
  lines: Line[];
  /** Rows over the first headings of a table: a title, a date. */
  preamble: boolean;
}

export interface HeadedColumn {
  text: string;
  heading: Heading | null;
}

/** Splits a document at its rows of headings. The same headings again, as on each page, continue their section. */
export function sectionsOf(lines: readonly Line[], catalogue: Catalogue): Section[] {
  const sections: Section[] = [];
  const byHeadings = new Map<string, Section>();
  let current: Section | null = null;
  let part = 0;
  for (const given of lines) {
    const line = splitHeadings(given);
    const starts = line.part !== part;
    part = line.part;
    const isFirst = !current || starts || (current.headings.length === 0 && current.lines.length === 0);
    if (isHeadings(line, isFirst, catalogue)) {
      if (current && !starts && current.headings.length > 0 && current.lines.length === 0) {
        byHeadings.delete(textOf(current.headings.at(-1)));
        current.headings.push(line);
        byHeadings.set(textOf(line), current);
        current.columns = columnsUnder(current.headings);
        current.headingRow = line.row;
        continue;
      }
      const same = byHeadings.get(textOf(line));
      if (same) {
        same.headings.push(line);
        current = same;
        continue;
      }
      if (
        current?.headings.length === 0 &&
        !starts &&
        !current.lines.some((above) => hasCode(above, catalogue))
      )
        current.preamble = true;
      current = {
        headings: [line],
        headingRow: line.row,
        columns: columnsUnder([line]),
        lines: [],
        preamble: false,
      };
      sections.push(current);
      byHeadings.set(textOf(line), current);
    } else {
      if (!current || starts) {
        current = { headings: [], headingRow: null, columns: [], lines: [], preamble: false };
        sections.push(current);
      }
      current.lines.push(line);
    }
  }
  for (const section of sections) section.lines = inOrder(section);
  return sections;
}

const textOf = (line: Line | undefined): string => line?.cells.join('\n') ?? '';

/** Splits "Code<TAB>Qty" over rows that have no tabs into its headings; returns any other line as it is. */
function splitHeadings(line: Line): Line {
  if (line.cells.length !== 1 || line.raw.length > longestHeadings || /\d/.test(line.raw)) return line;
  for (const separator of [/\t|[;,|]| {2,}/u, /\s+/u]) {
    const cells = line.raw.split(separator).map(clean).filter(Boolean);
    const kinds = cells.map((cell) => (isWholeHeading(cell) ? readHeading(cell)?.kind : null));
    if (kinds.includes('code') && kinds.includes('quantity') && !kinds.includes(null))
      return { ...line, cells };
  }
  return line;
}

const longestHeadings = 200;
const hasCode = ({ cells }: Line, catalogue: Catalogue): boolean =>
  cells.some((cell) => /\d/.test(cell) && catalogue.find(cell).length > 0);

const named: ReadonlySet<ColumnKind> = new Set(['code', 'quantity']);

function isHeadings({ cells }: Line, isFirst: boolean, catalogue: Catalogue): boolean {
  const filled = cells.filter((cell) => cell !== '');
  // Before the catalogue is asked: most rows end here.
  if (filled.every(hasNumber)) return false;
  if (filled.some((cell) => /^[\d.,\s]+$/u.test(cell) || catalogue.find(cell).length > 0)) return false;
  if (filled.length === 1 && !isWholeHeading(filled[0] ?? '')) return false;
  const read = filled.map(readHeading);
  const known = read.filter((heading) => heading !== null);
  if (!known.some(({ kind }) => named.has(kind)) || known.length * 2 < filled.length) return false;
  // "Artikel 6206" is a row, not a heading.
  const unknown = filled.filter((cell, index) => read[index] === null);
  if (isFirst) return unknown.every((cell) => !/\d{3}/.test(cell) || beginsAsQuantity(cell));
  return known.length >= 2 && new Set(known.map(({ kind }) => kind)).size >= 2;
}

/** Names columns by the last row of headings; a row of groups over it says what kind of quantity is meant. */
function columnsUnder(headings: readonly Line[]): HeadedColumn[] {
  const own = headings.at(-1)?.cells ?? [];
  const above = headings.at(-2)?.cells ?? [];
  const width = Math.max(own.length, above.length);
  let group = '';
  return Array.from({ length: width }, (_, index) => {
    group = above[index] || group;
    const text = own[index] || above[index] || '';
    const heading = readHeading(text);
    const over = group === text ? null : readHeading(group);
    if (
      heading?.kind === 'quantity' &&
      over &&
      ['stock', 'price', 'handled', 'pack', 'date'].includes(over.kind)
    )
      return { text: `${group} ${text}`, heading: over };
    if (heading?.kind === 'quantity' && over?.wanted) return { text, heading: { ...heading, wanted: true } };
    return { text, heading };
  });
}

/**
 * Returns the rows of a section with their cells under its headings. People align columns by tabs and blanks:
 * "Code<TAB><TAB>Qty" over "6206<TAB>   10". Such a row with as many cells as there are headings has them in order.
 */
function inOrder({ columns, lines }: Section): Line[] {
  const places = columns.flatMap(({ text }, index) => (text === '' ? [] : [index]));
  if (places.length === columns.length) return lines;
  return lines.map((line) => {
    const filled = line.cells.filter((cell) => cell !== '');
    const isPadded = / \t|\t /.test(line.raw) && !/\t\s*$/.test(line.raw);
    if (!isPadded || filled.length !== places.length) return line;
    const cells = columns.map((_, index) => filled[places.indexOf(index)] ?? '');
    return { ...line, cells };
  });
}
