import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { firstUndecoded } from './lines.ts';
import { CatalogUnreadable, type RefusedRow, RowRefused } from './refusal.ts';

export type CsvRow = Readonly<Record<string, string>>;

const sampleBytes = 64 * 1024;
const separators = [',', ';', '\t', '|'];
const separatorNames: Readonly<Record<string, string>> = { '\t': 'tab' };

/**
 * Reads a CSV file with a header, row by row; its separator is the one under which the header holds the required columns.
 * `take` throws RowRefused to skip a row. Throws CatalogUnreadable if the file isn't CSV in UTF-8 or UTF-16, lacks a
 * `required` column, or names a column twice.
 */
export async function readCsv(
  file: string,
  required: readonly string[],
  onRefused: (refused: RefusedRow) => void,
  take: (row: CsvRow, line: number) => void,
): Promise<void> {
  const name = basename(file);
  for await (const { row, line, refusal } of csvRows(file, required)) {
    try {
      if (refusal !== null) throw new RowRefused(refusal);
      take(row, line);
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      onRefused({ file: name, row: line, reason: error.message });
    }
  }
}

/** A row of a CSV file; `line` is the file's line on which it ends, `refusal` why it can't be read. */
export interface ReadRow {
  row: CsvRow;
  line: number;
  refusal: string | null;
}

/** Streams the rows of a CSV file. Throws as `readCsv` does. `onHeader` is called with the columns, in lower case. */
export async function* csvRows(
  file: string,
  required: readonly string[],
  onHeader: (columns: readonly string[]) => void = () => {},
): AsyncGenerator<ReadRow> {
  const name = basename(file);
  const { encoding, start } = await sample(file);
  const separator = separatorOf(start, required);
  let columns: string[] | undefined;
  const parser = parse({
    bom: true,
    delimiter: separator,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  // The parser passes the error of either on to its reader below.
  pipeline(Readable.from(decoded(file, encoding)), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (!columns) {
        columns = checkedHeader(record, required, name, separator);
        onHeader(columns);
      } else if (record.some((cell) => cell !== '')) yield rowOf(columns, record, info.lines);
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (code?.startsWith('CSV_')) throw new CatalogUnreadable(`${name}: ${(error as Error).message}`);
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw await notDecoded(file, encoding);
    throw error;
  }
  // A file without any row has no header either.
  if (!columns) checkedHeader([], required, name, separator);
}

function rowOf(columns: readonly string[], record: readonly string[], line: number): ReadRow {
  const cells = record.findLastIndex((cell) => cell !== '') + 1;
  return {
    row: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ''])),
    line,
    refusal:
      cells > columns.length
        ? `${cells} cells under ${columns.length} headings: put texts that hold the separator in quotes`
        : null,
  };
}

async function sample(file: string): Promise<{ encoding: string; start: string }> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    const bytes = buffer.subarray(0, bytesRead);
    const encoding = encodingOf(bytes);
    return { encoding, start: new TextDecoder(encoding).decode(bytes) };
  } finally {
    await handle.close();
  }
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  // Fatal: replaced characters would be stored as if they were the vendor's own.
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of createReadStream(file)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

/** Returns the error of a file that isn't in the encoding, with the line of its first wrong byte. */
async function notDecoded(file: string, encoding: string): Promise<CatalogUnreadable> {
  const name = basename(file);
  if (encoding !== 'utf-8') return new CatalogUnreadable(`${name} is not in UTF-16, as it begins`);
  const row = await firstUndecoded(file);
  const advice = 'Save it as "CSV UTF-8" and import it again';
  return new CatalogUnreadable(`${name} is not in UTF-8, see line ${row}. ${advice}`);
}

/** Returns the separator under which the first line holds most of the required columns, then most columns. */
function separatorOf(start: string, required: readonly string[]): string {
  const [header = ''] = start.split(/\r\n|[\n\r]/, 1);
  const scored = separators.map((separator) => {
    const columns = header.split(separator).map(columnName);
    return {
      separator,
      held: required.filter((column) => columns.includes(column)).length,
      count: columns.length,
    };
  });
  scored.sort((a, b) => b.held - a.held || b.count - a.count);
  return scored[0]?.separator ?? ',';
}

const columnName = (heading: string): string =>
  heading
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
    .toLowerCase();

function checkedHeader(
  header: readonly string[],
  required: readonly string[],
  name: string,
  separator: string,
): string[] {
  const columns = header.map(columnName);
  // An empty heading at the end is left by spreadsheets.
  while (columns.at(-1) === '') columns.pop();
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    const by = separatorNames[separator] ?? `"${separator}"`;
    throw new CatalogUnreadable(
      `${name}, read as separated by ${by}, lacks the column ${missing.join(', ')}`,
    );
  }
  const twice = columns.find((column, index) => column !== '' && columns.indexOf(column) < index);
  if (twice !== undefined) throw new CatalogUnreadable(`${name} names the column ${twice} twice`);
  return columns;
}

/** Returns the value of a column; null if it is missing or empty. */
export function valueOf(row: CsvRow, column: string): string | null {
  return row[column] || null;
}
