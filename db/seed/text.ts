import { readFileSync } from 'node:fs';

const SPECIAL: Record<string, string> = { đ: 'dj', ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', ı: 'i', '×': 'x' };

/** Returns lower-case letters without accents, digits and single `separator`s. */
export function slug(text: string, separator = '-'): string {
  const plain = [...text.toLowerCase()].map((char) => SPECIAL[char] ?? char).join('');
  const ascii = plain.normalize('NFKD').replace(/\p{M}/gu, '');
  return ascii.replace(/[^\p{L}\p{N}]+/gu, separator).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** Compares by code units, independent of the machine's locale. */
export const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export function sourceText(name: string): string {
  return readFileSync(new URL(`source/${name}`, import.meta.url), 'utf8');
}

/** Parses CSV with a heading. Quoted fields may contain commas and doubled quotes, but no line breaks. */
export function parseCsv(text: string): Record<string, string>[] {
  const [heading, ...lines] = text.trimEnd().split('\n').map(parseLine);
  return lines.map((fields) =>
    Object.fromEntries(heading!.map((name, column) => [name, fields[column] ?? ''])),
  );
}

function parseLine(line: string): string[] {
  const fields = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...fields].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/** Formats records as CSV with the given columns. */
export function formatCsv<Row extends { [Column in keyof Row]: string | number | undefined }>(
  columns: (keyof Row & string)[],
  rows: Row[],
): string {
  const field = (value: string | number | undefined) => {
    const text = String(value ?? '');
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = rows.map((row) => columns.map((column) => field(row[column])).join(','));
  return [columns.join(','), ...lines].join('\n') + '\n';
}
