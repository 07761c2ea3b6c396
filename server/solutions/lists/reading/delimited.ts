import { clean } from './text.ts';

/** A row of a list: where it begins, as written, and its cells. */
export interface Line {
  /** Counted from 1 with blank lines: where the row begins. */
  row: number;
  raw: string;
  cells: string[];
  /** Which table of the document it is in. */
  part: number;
}

/** A separator of cells; two blanks stand for columns aligned by blanks, null for rows without columns. */
export type Separator = '\t' | ';' | ',' | '|' | '  ' | null;

const lineEnd = /\r\n|[\n\r\u2028\u2029]/u;
const longestQuoted = 4_000;
/** More cells in a row aren't a list. */
export const mostCells = 200;

interface Parsed {
  separator: Separator;
  lines: Line[];
  /** Rows that have the most frequent number of cells. */
  regular: number;
  width: number;
}

/** Reads a text as rows of cells with the one separator that fits most rows, or as plain lines. */
export function readDelimited(given: string): { separator: Separator; lines: Line[] } {
  const text = given.replace(/^\ufeff/, '');
  const named = /^sep=(.)\s*$/im.exec(text.slice(0, 20))?.[1];
  const tried = (['\t', ';', ',', '|', '  '] as const)
    .filter((separator) => (separator === '  ' ? /\S {2}/.test(text) : text.includes(separator)))
    .map((separator) => parseBy(text, separator));
  const wanted = tried.find(({ separator }) => separator === named) ?? best(tried);
  const { separator, lines } = wanted ?? parseBy(text, null);
  const cleaned = lines.map((line) => ({ ...line, cells: trimmed(line.cells.map(clean)) }));
  return { separator, lines: cleaned.filter(({ cells }) => cells.length > 0) };
}

/** Prefers the separator that most rows agree on. One that only few rows have is part of their texts. */
function best(tried: readonly Parsed[]): Parsed | undefined {
  const fitting = tried.filter(
    ({ width, regular, lines, separator }) =>
      width > 1 && regular >= lines.length * (least[separator ?? ''] ?? 1),
  );
  const rows = ({ lines }: Parsed) => lines.length;
  // Quotes over several lines join them: fewer rows with as many cells are the better reading.
  return fitting.sort(
    (a, b) => b.regular / rows(b) + weight(b) - (a.regular / rows(a) + weight(a)) || b.width - a.width,
  )[0];
}

// How many rows must agree: prose has commas, but no tabs.
const least: Record<string, number> = { '\t': 0.25, ';': 0.5, '|': 0.4, ',': 0.6, '  ': 0.6 };
// Commas are also part of numbers and texts, blanks of everything.
const weights: Record<string, number> = { '\t': 0.4, ';': 0.3, '|': 0.25, ',': 0, '  ': -0.2 };
const weight = ({ separator }: Parsed): number => weights[separator ?? ''] ?? 0;

function parseBy(text: string, separator: Separator): Parsed {
  const lines: Line[] = [];
  let at = 0;
  let row = 1;
  while (at <= text.length) {
    const record = readRecord(text, at, separator);
    const raw = text.slice(at, record.end);
    const isHint = row === 1 && /^sep=.$/i.test(raw.trim());
    const cells = trimmed(record.cells.map((cell) => cell.trim()));
    if (cells.length > 0 && !isHint) lines.push({ row, raw, cells, part: 0 });
    row += raw.split(lineEnd).length;
    if (record.end >= text.length) break;
    at = record.end + (text.startsWith('\r\n', record.end) ? 2 : 1);
  }
  const counts = new Map<number, number>();
  for (const { cells } of lines) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width = 1] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const usual = Math.max(width, 2);
  // Rows may lack their last cells, as spreadsheets drop empty ones.
  const regular = lines.filter(
    ({ cells }) => cells.length > 1 && Math.abs(cells.length - usual) <= Math.max(1, usual / 2),
  ).length;
  return { separator, lines, regular, width: width === 1 && regular > 0 ? 2 : width };
}

function trimmed(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

/** Reads one row from `at`. A quoted cell may hold separators and line ends. */
function readRecord(text: string, at: number, separator: Separator): { cells: string[]; end: number } {
  const cells: string[] = [];
  let place = at;
  for (;;) {
    const quoted = separator === null ? null : readQuoted(text, place, separator);
    const end = quoted ? quoted.end : endOfCell(text, place, separator);
    if (cells.length < mostCells) cells.push(quoted ? quoted.cell : text.slice(place, end));
    if (end >= text.length || isLineEnd(text[end])) return { cells, end };
    place = end + separatorLength(text, end, separator);
  }
}

const isLineEnd = (sign: string | undefined): boolean =>
  sign === '\n' || sign === '\r' || sign === '\u2028' || sign === '\u2029';

function separatorLength(text: string, at: number, separator: Separator): number {
  if (separator !== '  ') return 1;
  let length = 0;
  while (text[at + length] === ' ') length += 1;
  return length;
}

function endOfCell(text: string, from: number, separator: Separator): number {
  let at = from;
  while (at < text.length && !isLineEnd(text[at])) {
    if (separator === '  ') {
      if (at > from && text.startsWith('  ', at)) {
        let next = at;
        while (text[next] === ' ') next += 1;
        return next >= text.length || isLineEnd(text[next]) ? next : at;
      }
    } else if (text[at] === separator) return at;
    at += 1;
  }
  return at;
}

/** Reads a cell in quotes, also `="6206"`; null if there is none, as in `5/8" bolt` or a quote without an end. */
function readQuoted(text: string, from: number, separator: Separator): { cell: string; end: number } | null {
  let at = from;
  while (text[at] === ' ') at += 1;
  if (text[at] === '=' && text[at + 1] === '"') at += 1;
  if (text[at] !== '"') return null;
  let cell = '';
  const latest = Math.min(text.length, at + longestQuoted);
  for (at += 1; at < latest; at += 1) {
    if (text[at] !== '"') cell += text[at] ?? '';
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else {
      let end = at + 1;
      while (text[end] === ' ') end += 1;
      const closes =
        end >= text.length ||
        isLineEnd(text[end]) ||
        text[end] === separator ||
        (separator === '  ' && end > at + 2);
      if (!closes) return null;
      return { cell, end: separator === '  ' && end < text.length && !isLineEnd(text[end]) ? at + 1 : end };
    }
  }
  return null;
}
