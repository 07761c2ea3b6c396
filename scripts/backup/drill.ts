import { rm } from 'node:fs/promises';
import { type Point, readTables, type TableContent } from '#server/platform/backup/tables.ts';
import type { Vault } from '#server/platform/backup/vault.ts';
import { counted, PlainError } from '../plain-error.ts';
import { listSpans, type Span } from './points.ts';
import { recover, recoverToPoint, unpackBase } from './recovery.ts';
import { newFolder } from './restoring.ts';

/**
 * Restores all that was backed up into a folder that it deletes, and compares every table with what the database held
 * when the whole was copied. Returns what it found out. Throws if anything differs.
 */
export async function drill(vault: Vault, into: string | undefined): Promise<string[]> {
  const begunAt = Date.now();
  const folder = await newFolder(into, 'drill');
  try {
    const { span, point } = await comparableSpan(vault);
    await unpackBase(vault, span, folder);
    const compared = await compare(vault, span, folder, point);
    const newest = await recover(vault, span, folder, null);
    const seconds = (Date.now() - begunAt) / 1000;
    const age = newest ? duration((begunAt - newest.getTime()) / 1000) : 'unknown';
    return [
      compared,
      `The newest change in it is of ${newest?.toISOString() ?? 'an unknown time'}: ${age} old, of 5 minutes at most.`,
      `The restore took ${duration(seconds)}, of 30 minutes at most.`,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the newest copy that there is something to compare with: its log leads to the newest data, too. */
async function comparableSpan(vault: Vault): Promise<{ span: Span; point: Point }> {
  for await (const span of listSpans(vault)) {
    const { point } = span.manifest;
    if (point) return { span, point };
  }
  throw new PlainError('There is no whole backup in BACKUP_DIR with which the tables were noted.');
}

async function compare(vault: Vault, span: Span, folder: string, point: Point): Promise<string> {
  const { startedAt } = span.manifest;
  const found = await recoverToPoint(vault, span, folder, { point: point.name, use: readTables });
  const differences = differencesOf(point.tables, found);
  if (differences.length > 0)
    throw new PlainError([`The copy of ${startedAt} differs:`, ...differences].join('\n'));
  const tables = Object.values(point.tables);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `The copy of ${startedAt} is whole: ${counted(tables.length, 'table')} with ${counted(rows, 'row')}, each with the same content.`;
}

function differencesOf(
  expected: Record<string, TableContent>,
  found: Record<string, TableContent>,
): string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [expected[name], found[name]];
    if (was?.rows !== is?.rows) return [`  ${name}: ${rowsOf(is)} instead of ${rowsOf(was)}`];
    return was?.hash === is?.hash ? [] : [`  ${name}: other content in its ${rowsOf(is)}`];
  });
}

const rowsOf = (table: TableContent | undefined): string => (table ? counted(table.rows, 'row') : 'no table');

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  return seconds < 7_200 ? `${(seconds / 60).toFixed(0)} minutes` : `${(seconds / 3_600).toFixed(0)} hours`;
}
