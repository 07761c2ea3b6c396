import type { CodeRows } from '../schema.ts';

/** What became of the rows whose product was found, in row numbers: by line, and by reason of refusal. */
export interface Outline {
  lines: Record<string, number[]>;
  refused: Record<string, number[]>;
}

/** Under 60 bytes a row. */
export function outlineOf({ rows }: CodeRows): Outline {
  const outline: Outline = { lines: {}, refused: {} };
  for (const { row, lineId, reason } of rows) {
    if (lineId !== undefined) (outline.lines[lineId] ??= []).push(row);
    else if (reason !== undefined) (outline.refused[reason] ??= []).push(row);
  }
  return outline;
}

/** Row number -> line, or reason. */
export function byRow(numbers: Record<string, number[]>): Map<number, string> {
  return new Map(Object.entries(numbers).flatMap(([what, rows]) => rows.map((row) => [row, what] as const)));
}
