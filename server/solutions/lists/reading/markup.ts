import { decodeHTML } from 'entities';
import { type Line, mostCells } from './delimited.ts';
import { hidingIn, tag, withoutHidden, withoutRaw } from './hidden.ts';
import { clean } from './text.ts';

/** Returns whether a text is a table of HTML or of "XML Spreadsheet 2003", as programs save it under .xls. */
export const isMarkup = (text: string): boolean =>
  /^\s*<(?:!doctype|html|table|\?xml|meta|head|body|div|style)/i.test(text) &&
  /<(?:table|(?:ss:)?Row)[\s>]/i.test(text);

/** Reads the rows of all tables as a browser shows them: without what is hidden. Texts beside tables are left out. */
export function readMarkup(given: string): Line[] {
  const { text: shown, css } = withoutRaw(given);
  const hidingOf = hidingIn(css);
  const text = withoutHidden(shown, hidingOf);
  const lines: Line[] = [];
  let part = -1;
  let row = 0;
  let cells: string[] | null = null;
  let from = -1;
  let span = { across: 1, down: 1 };
  let [isRowHidden, isBlank] = [false, false];
  let columns = { next: 0, hidden: new Set<number>() };
  /** The number of rows of the table into which a cell of each column still reaches. */
  let reaching: number[] = [];
  const endCell = (at: number): void => {
    if (cells && from >= 0) {
      for (let nth = 0; nth < span.across && cells.length < mostCells; nth += 1) {
        const isShown = nth === 0 && !isBlank && !columns.hidden.has(cells.length);
        reaching[cells.length] = span.down;
        cells.push(isShown ? cellText(text.slice(from, at)) : '');
      }
    }
    from = -1;
  };
  const endRow = (at: number): void => {
    endCell(at);
    row += cells ? 1 : 0;
    if (!isRowHidden && cells?.some((cell) => cell !== ''))
      lines.push({ row, raw: cells.join('\t'), cells, part: Math.max(part, 0) });
    if (cells) reaching = reaching.map((rows) => rows - 1);
    cells = null;
  };
  for (const match of text.matchAll(tag)) {
    const [whole, slash, name = '', attributes = ''] = match;
    const ends = slash === '/';
    const kind = name.toLowerCase();
    if (kind === 'table' && !ends) {
      endRow(match.index);
      part += 1;
      reaching = [];
      columns = { next: 0, hidden: new Set() };
    } else if ((kind === 'col' || kind === 'column') && !ends) {
      columns = withColumn(columns, attributes, hidingOf(attributes) !== null);
    } else if (kind === 'tr' || kind === 'row') {
      endRow(match.index);
      isRowHidden = !ends && hidingOf(attributes) !== null;
      if (!ends) cells = [];
    } else if (kind === 'td' || kind === 'th' || kind === 'cell') {
      endCell(match.index);
      const hiding = ends ? null : hidingOf(attributes);
      if (ends || !cells || hiding === 'removed') continue;
      isBlank = hiding === 'blank';
      const place = Number(/\bindex\s*=\s*"?(\d+)/i.exec(attributes)?.[1] ?? 0);
      while (cells.length < Math.min(place - 1, mostCells)) cells.push('');
      // A cell of the rows above has this place.
      while ((reaching[cells.length] ?? 0) > 0) cells.push('');
      span = spanOf(attributes);
      from = match.index + whole.length;
      if (attributes.trimEnd().endsWith('/')) endCell(from);
    }
  }
  endRow(text.length);
  return lines;
}

interface Columns {
  next: number;
  hidden: Set<number>;
}

/** Counts a column of HTML ("span" counts itself) or of XML Spreadsheet ("ss:Span" counts those after it). */
function withColumn({ next, hidden }: Columns, attributes: string, isHidden: boolean): Columns {
  const numberOf = (name: string): number =>
    Number(new RegExp(`${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes)?.[1] ?? 0);
  const start = numberOf('ss:index') > 0 ? numberOf('ss:index') - 1 : next;
  const count = numberOf('ss:span') > 0 ? numberOf('ss:span') + 1 : Math.max(1, numberOf('(?<!:)\\bspan'));
  const end = Math.min(start + count, mostCells);
  if (isHidden) for (let index = start; index < end; index += 1) hidden.add(index);
  return { next: end, hidden };
}

function spanOf(attributes: string): { across: number; down: number } {
  const numberOf = (name: string): number =>
    Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes)?.[1] ?? 0);
  return {
    across: Math.min(50, Math.max(numberOf('colspan'), numberOf('mergeacross') + 1)),
    down: Math.min(5_000, Math.max(numberOf('rowspan'), numberOf('mergedown') + 1)),
  };
}

const cellText = (html: string): string =>
  clean(decodeHTML(html.replace(/<br\s*\/?>/giu, ' ').replace(/<[^<>]*>/gu, '')));

const isRule = (line: string): boolean =>
  line.includes('--') && /^\|? *:?-{2,}:? *(?:\| *:?-{2,}:? *)*\|?$/.test(line.trim());

/** Reads a text with a table of Markdown; null if it has none. */
export function readMarkdown(text: string): Line[] | null {
  const all = text.replace(/^\ufeff/, '').split(/\r\n|[\n\r]/u);
  const rule = all.findIndex(
    (line, index) => isRule(line) && index > 0 && (all[index - 1] ?? '').includes('|'),
  );
  if (rule < 0) return null;
  return all.flatMap((raw, index) => {
    if (raw.trim() === '' || isRule(raw) || /^\s*```/.test(raw)) return [];
    const inner = raw.trim().replace(/^\|/, '').replace(/\|$/, '');
    const cells = raw.includes('|') ? inner.split(/(?<!\\)\|/u) : [raw];
    const plain = cells.map((cell) =>
      clean(cell.replaceAll('\\|', '|').replace(/^\s*[`*]+|[`*]+\s*$/gu, '')),
    );
    return plain.some((cell) => cell !== '') ? [{ row: index + 1, raw, cells: plain, part: 0 }] : [];
  });
}
