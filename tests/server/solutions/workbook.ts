import { crc32, deflateRawSync } from 'node:zlib';

/** Returns a sheet's XML. `hidden`: rows from 1 and columns from 1 that are hidden. */
const sheet = (rows: string[][], hidden: { rows: number[]; column?: number } = { rows: [] }): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${
    hidden.column === undefined
      ? ''
      : `<cols><col min="${hidden.column}" max="${hidden.column}" width="9" hidden="1"/></cols>`
  }<sheetData>${rows
    .map(
      (cells, r) =>
        `<row r="${r + 1}"${hidden.rows.includes(r + 1) ? ' hidden="1"' : ''}>${cells.map((cell, c) => cellXml(cell, `${'ABC'[c] ?? ''}${r + 1}`)).join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;
const cellXml = (cell: string, place: string): string =>
  /^\d+$/.test(cell)
    ? `<c r="${place}"><v>${cell}</v></c>`
    : `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** The files of a workbook with a title sheet and a list. */
export const sheets = {
  '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="Cover" sheetId="1" r:id="rId1"/><sheet name="Parts" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
  'xl/worksheets/sheet1.xml': sheet([['Order of Friday']]),
  'xl/worksheets/sheet2.xml': sheet([
    ['Code', 'Qty'],
    ['6ES-100', '3'],
  ]),
};

/** The files of a workbook with a hidden row and a hidden column, and a hidden sheet with more codes. */
export const hiding = {
  ...sheets,
  'xl/workbook.xml': sheets['xl/workbook.xml'].replace(
    'name="Cover"',
    'name="Old &amp; gone" state="hidden"',
  ),
  'xl/worksheets/sheet1.xml': sheet([
    ['Code', 'Qty'],
    ['6ES-100', '8'],
    ['MOT-7', '8'],
    ['CAB-5', '800'],
  ]),
  'xl/worksheets/sheet2.xml': sheet(
    [
      ['Code', 'Qty', 'Qty to order'],
      ['6ES-100', '9', '3'],
      ['MOT-7', '9', '5'],
    ],
    { rows: [3], column: 2 },
  ),
};

/** Returns a ZIP archive, as workbooks are. */
export function zip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [packed, title] = [deflateRawSync(Buffer.from(text)), Buffer.from(name)];
    const head = Buffer.alloc(26);
    head.writeUInt16LE(20, 0);
    head.writeUInt16LE(8, 4);
    head.writeUInt32LE(crc32(Buffer.from(text)), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(Buffer.byteLength(text), 18);
    head.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), head, title, packed]);
    const entry = Buffer.concat([
      Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
      head,
      Buffer.alloc(14),
      title,
    ]);
    entry.writeUInt32LE(offset, 42);
    parts.push(local);
    directory.push(entry);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}
