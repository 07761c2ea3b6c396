import { inflateRawSync } from 'node:zlib';
import { type Line, mostCells } from './delimited.ts';
import { type HiddenParts, hiddenParts } from './hiddenParts.ts';
import { clean } from './text.ts';

const mostInflated = 40 * 1024 * 1024;

export const isZip = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from('PK\x03\x04', 'latin1'));
/** Returns whether it is a workbook of Excel before 2007, which isn't read. */
export const isOldWorkbook = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 4)).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));

/** Returns the rows that each sheet of an XLSX workbook shows, if it has any; null if it can't be read. */
export async function readWorkbook(bytes: Uint8Array): Promise<Line[][] | null> {
  const files = unzip(Buffer.from(bytes));
  if (!files) return null;
  // Loaded when the first workbook comes.
  const { default: readSheets } = await import('read-excel-file/node');
  try {
    const sheets = await readSheets(Buffer.from(bytes));
    const hidden = hiddenParts(files);
    const shown = sheets.filter(({ sheet }) => !hidden.get(sheet)?.isSheetHidden);
    return shown
      .map(({ sheet, data }) => linesOf(data, hidden.get(sheet)))
      .filter((lines) => lines.length > 0);
  } catch {
    return null;
  }
}

const linesOf = (data: readonly (readonly unknown[])[], hidden: HiddenParts | undefined): Line[] =>
  data.flatMap((values, index) => {
    if (hidden?.rows.has(index)) return [];
    const cells = values
      .slice(0, mostCells)
      .map((value, column) => (hidden?.columns.has(column) ? '' : cellOf(value)));
    const last = cells.findLastIndex((cell) => cell !== '');
    return last < 0
      ? []
      : [
          {
            row: index + 1,
            raw: cells.slice(0, last + 1).join('\t'),
            cells: cells.slice(0, last + 1),
            part: 0,
          },
        ];
  });

function cellOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? clean(String(value))
    : '';
}

const directoryEntry = 0x02014b50;
const directoryEnd = 0x06054b50;

/** Returns the files of a ZIP by name; null if it is none or larger than the limit: a small one can unpack to gigabytes. */
function unzip(zip: Buffer): Map<string, Buffer> | null {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== directoryEnd) return null;
  let at = zip.readUInt32LE(end + 16);
  let left = mostInflated;
  try {
    for (let entries = zip.readUInt16LE(end + 10); entries > 0; entries -= 1) {
      if (zip.readUInt32LE(at) !== directoryEntry) return null;
      const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
      const local = zip.readUInt32LE(at + 42);
      const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(data, data + size);
      const file = method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: left });
      left -= file.length;
      if (left <= 0) return null;
      files.set(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)), file);
      at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return files;
  } catch {
    return null;
  }
}
