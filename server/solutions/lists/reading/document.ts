import { type Line, readDelimited, type Separator } from './delimited.ts';
import { decode } from './encodings.ts';
import { readJson } from './json.ts';
import { isMarkup, readMarkdown, readMarkup } from './markup.ts';
import { storable } from './text.ts';
import { isOldWorkbook, isZip, readWorkbook } from './workbook.ts';

/** A list as rows of cells, not yet understood. */
export interface Document {
  encoding: string;
  separator: Separator;
  lines: Line[];
  /** Numbers are written with a decimal dot whatever the country, as in workbooks and JSON. */
  hasPlainNumbers?: boolean;
}

/** Why a file can't be read at all. */
export type Unreadable = 'list_unreadable' | 'list_old_workbook';

/** Returns whether markup is XML Spreadsheet rather than HTML. */
const isXml = (text: string): boolean => /<(?:ss:)?workbook[\s>]/i.test(text);

/** Returns a pasted text's rows. */
export function documentOf(text: string, encoding = 'utf-8'): Document {
  const given = storable(text);
  const json = readJson(given);
  if (json) return { encoding, separator: null, lines: json, hasPlainNumbers: true };
  if (isMarkup(given))
    return { encoding, separator: null, lines: readMarkup(given), hasPlainNumbers: isXml(given) };
  const markdown = readMarkdown(given);
  if (markdown) return { encoding, separator: '|', lines: markdown };
  return { encoding, ...readDelimited(given) };
}

/** How files begin that nobody reads as a list: PDF, RTF, pictures, archives. */
const foreign = [
  '%PDF-',
  '{\\rtf',
  '\x89PNG',
  'GIF87a',
  'GIF89a',
  '\xff\xd8\xff',
  '7z\xbc\xaf',
  'Rar!\x1a',
  '\x1f\x8b',
];

/** Returns whether a file begins as one that isn't a text. A blank and a mark of UTF-8 may precede it. */
function isForeign(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 64))
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf)?\s*/, '');
  return foreign.some((mark) => start.startsWith(mark));
}

/** Control characters that texts may have: blanks, page breaks, the end mark of DOS, escapes. */
const inTexts = '\t\n\v\f\r\x1a\x1b';

/** Returns whether more than one sign of a hundred is a control character that no text has. */
function isBinary(text: string): boolean {
  const start = text.slice(0, 20_000);
  const controls = (start.match(/\p{Cc}/gu) ?? []).filter((sign) => sign < '\x7f' && !inTexts.includes(sign));
  return controls.length > 1 && controls.length * 100 > start.length;
}

/**
 * Returns the ways to read a file, the most plausible first: by encodings, or the sheets of a workbook. The catalogue
 * decides between them.
 */
export async function documentsOf(bytes: Uint8Array): Promise<Document[] | Unreadable> {
  if (isOldWorkbook(bytes)) return 'list_old_workbook';
  if (isZip(bytes)) {
    const sheets = await readWorkbook(bytes);
    if (!sheets) return 'list_unreadable';
    return sheets.map((lines) => ({ encoding: 'xlsx', separator: null, lines, hasPlainNumbers: true }));
  }
  if (isForeign(bytes)) return 'list_unreadable';
  const decoded = decode(bytes).filter(({ text }) => !isBinary(text));
  if (decoded.length === 0) return 'list_unreadable';
  return decoded.map(({ text, encoding }) => documentOf(text, encoding));
}
