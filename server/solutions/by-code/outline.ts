import type { CodeRows } from '../schema.ts';

/** A short form of an answer: row numbers by line id, and by reason of refusal. */
export interface Outline {
  lines: Record<string, number[]>;
  refused: Record<string, number[]>;
}

/** Returns an answer's outline, under 60 bytes a row. */
export function outlineOf({ rows }: CodeRows): Outline {
  const outline: Outline = { lines: {}, refused: {} };
  for (const { row, lineId, reason } of rows) {
    if (lineId !== undefined) (outline.lines[lineId] ??= []).push(row);
    else if (reason !== undefined) (outline.refused[reason] ??= []).push(row);
  }
  return outline;
}

/** Inverts an outline's map: row number -> line id or reason. */
export function valueByRow(numbers: Record<string, number[]>): Map<number, string> {
  return new Map(Object.entries(numbers).flatMap(([what, rows]) => rows.map((row) => [row, what] as const)));
}
