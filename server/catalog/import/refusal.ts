/** A row that was left out, for the person who made the file. `row` is its line, the first being 1. */
export interface RefusedRow {
  file: string;
  row: number;
  reason: string;
}

/** Thrown while a row is read; the row is left out and the import goes on. */
export class RowRefused extends Error {}

/** The import can't go on at all: a file is missing or damaged. */
export class CatalogUnreadable extends Error {}
