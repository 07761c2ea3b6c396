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
}

/** Why a file can't be read at all. */
export type Unreadable = 'list_unreadable' | 'list_old_workbook';

/** Returns a pasted text's rows. */
export function documentOf(text: string, encoding = 'utf-8'): Document {
  const given = storable(text);
  const json = readJson(given);
  if (json) return { encoding, separator: null, lines: json };
  if (isMarkup(given)) return { encoding, separator: null, lines: readMarkup(given) };
  const markdown = readMarkdown(given);
  if (markdown) return { encoding, separator: '|', lines: markdown };
  return { encoding, ...readDelimited(given) };
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
    return sheets.map((lines) => ({ encoding: 'xlsx', separator: null, lines }));
  }
  return decode(bytes).map(({ text, encoding }) => documentOf(text, encoding));
}
