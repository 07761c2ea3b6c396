import { readFileSync } from 'node:fs';

const SPECIAL: Record<string, string> = { đ: 'dj', ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', ı: 'i', '×': 'x' };

/** Lower-case ASCII letters, digits and single `separator`s; Latin letters lose their accents. */
export function slug(text: string, separator = '-'): string {
  const plain = [...text.toLowerCase()].map((char) => SPECIAL[char] ?? char).join('');
  const ascii = plain.normalize('NFKD').replace(/\p{M}/gu, '');
  return ascii.replace(/[^\p{L}\p{N}]+/gu, separator).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** Returns the order of code units: the same on every machine, whatever its locale. */
export const byCodeUnit = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export function sourceText(name: string): string {
  return readFileSync(new URL(`source/${name}`, import.meta.url), 'utf8');
}

/** Records of a CSV text with a heading; quoted fields may hold commas and doubled quotes, not line breaks. */
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

/** Returns a CSV text with the given columns of the records. */
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
