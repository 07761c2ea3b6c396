/** A skipped row, for the file's author. `row`: the line number from 1. */
export interface RefusedRow {
  file: string;
  row: number;
  reason: string;
}

/** Thrown to skip a row. The import goes on. */
export class RowRefused extends Error {}

/** Thrown to end the import: a file is missing or damaged. */
export class CatalogUnreadable extends Error {}
