import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'csv-parse';
import { CatalogUnreadable, type RefusedRow, RowRefused } from './refusal.ts';

export type CsvRow = Readonly<Record<string, string>>;

/**
 * Reads a CSV file with a header, row by row. `take` throws RowRefused to skip a row. Throws CatalogUnreadable if the
 * file isn't CSV or lacks a `required` column.
 */
export async function readCsv(
  file: string,
  required: readonly string[],
  onRefused: (refused: RefusedRow) => void,
  take: (row: CsvRow, line: number) => void,
): Promise<void> {
  const name = basename(file);
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      columns: (header: string[]) => checkedHeader(header, required, name),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }),
  );
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: CsvRow;
      info: { lines: number };
    }>) {
      try {
        take(record, info.lines);
      } catch (error) {
        if (!(error instanceof RowRefused)) throw error;
        onRefused({ file: name, row: info.lines, reason: error.message });
      }
    }
  } catch (error) {
    const { code } = error as { code?: string };
    if (code?.startsWith('CSV_')) throw new CatalogUnreadable(`${name}: ${(error as Error).message}`);
    throw error;
  }
}

function checkedHeader(header: string[], required: readonly string[], name: string): string[] {
  const columns = header.map((column) => column.trim().toLowerCase());
  const missing = required.filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new CatalogUnreadable(`${name} lacks the column ${missing.join(', ')}`);
  return columns;
}

/** Returns the value of a column; null if it is missing or empty. */
export function valueOf(row: CsvRow, column: string): string | null {
  return row[column] || null;
}
