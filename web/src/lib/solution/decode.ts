/**
 * Returns the text of an uploaded list: UTF-8, UTF-16 ("Unicode text" of a spreadsheet), else Windows-1250, which
 * older spreadsheets of Central Europe write. Null for a workbook (.xlsx, .xls), which is no text.
 */
export function decodeList(bytes: Uint8Array): string | null {
  if (begins(bytes, [0x50, 0x4b, 0x03, 0x04]) || begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return null;
  if (begins(bytes, [0xff, 0xfe])) return decode(bytes, 'utf-16le');
  if (begins(bytes, [0xfe, 0xff])) return decode(bytes, 'utf-16be');
  // Without a mark, UTF-16 shows by the zero half of every Latin letter.
  const halves = bytes.subarray(0, 200).filter((_byte, index) => index % 2 === 1);
  if (halves.length > 1 && halves.filter((byte) => byte === 0).length > halves.length / 2)
    return decode(bytes, 'utf-16le');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decode(bytes, 'windows-1250');
  }
}

const begins = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte);
const decode = (bytes: Uint8Array, encoding: string): string => new TextDecoder(encoding).decode(bytes);
