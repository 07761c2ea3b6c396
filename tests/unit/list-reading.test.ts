import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactCode, fold } from '#server/platform/fold.ts';
import { catalogueOf } from '#server/solutions/lists/reading/catalogue.ts';
import { readDocument } from '#server/solutions/lists/reading/decide.ts';
import { documentOf } from '#server/solutions/lists/reading/document.ts';
import { readQuantity } from '#server/solutions/lists/reading/quantity.ts';

describe('a quantity', () => {
  test.each<[unknown, number | string]>([
    [undefined, 1],
    [null, 1],
    ['', 1],
    ['  ', 1],
    [5, 5],
    ['5', 5],
    [' 012 ', 12],
    ['+3', 3],
    ['5 pcs', 5],
    ['10 kom.', 10],
    ['3x', 3],
    ['1 000', 1000],
    ['12\u00a0500', 12500],
    ['1.000.000', 1000000],
    ["1'000", 1000],
    ['1,000.00', 1000],
    ['1.000,0', 1000],
    ['2.0', 2],
    ['2,00', 2],
    ['1.000', 'quantity_unclear'],
    ['12,345', 'quantity_unclear'],
    ['0.500', 'quantity_not_whole'],
    ['2.5', 'quantity_not_whole'],
    [2.5, 'quantity_not_whole'],
    ['1,234.5', 'quantity_not_whole'],
    [0, 'quantity_not_positive'],
    ['0', 'quantity_not_positive'],
    ['-3', 'quantity_not_positive'],
    ['−3', 'quantity_not_positive'],
    [-1, 'quantity_not_positive'],
    [1e300, 'quantity_too_large'],
    ['1000000001', 'quantity_too_large'],
    ['99999999999999999999', 'quantity_too_large'],
    ['ten', 'quantity_not_a_number'],
    ['1e3', 'quantity_not_a_number'],
    ['1-2', 'quantity_not_a_number'],
    ['1.2.3', 'quantity_not_a_number'],
    ['NaN', 'quantity_not_a_number'],
    [true, 'quantity_not_a_number'],
    [{ a: 1 }, 'quantity_not_a_number'],
  ])('the quantity %o is read as %o', (given, read) => {
    expect(readQuantity(given)).toBe(read);
  });
});

const known = ['CAB-5', 'MOT-7', '97 53 14', '6ES7 214-1AG40-0XB0', 'smd,28x28mm', '5/8" bolt'];
const byKey = new Map(
  known.map((code, at) => [compactCode(code), [{ code: fold(code), productId: at + 1 }]]),
);
const read = (text: string) => readDocument(documentOf(text), catalogueOf(byKey));
/** Returns what became of each row: "CAB-5=100", or why it isn't ready. */
const outcomes = (text: string) =>
  read(text).rows.map(({ code, quantity, skipped, doubt, ids }) =>
    skipped ? `(${skipped})` : `${code}=${doubt ?? quantity}${ids.length === 0 ? ' unknown' : ''}`,
  );

describe('a list', () => {
  test.each([
    ['CAB-5\t100'],
    ['100\tCAB-5'],
    ['CAB-5;100'],
    ['100, CAB-5'],
    ['CAB-5 100'],
    ['  100   CAB-5  '],
    ['100 x CAB-5'],
    ['100x CAB-5'],
    ['CAB-5 x 100'],
    ['CAB-5 x100'],
    ['CAB-5 100 kom'],
    ['100 pcs CAB-5'],
    ['"CAB-5";"100"'],
    ['"CAB-5" 100'],
    ['CAB-5\t\t100\t'],
    ['CAB-5;100;12.50'],
    ['\ufeffCAB-5;100'],
    ['cab 5;100'],
  ])('the row %o means 100 of CAB-5', (line) => {
    expect(read(line).rows).toMatchObject([{ quantity: 100, ids: [1], doubt: null, skipped: null }]);
  });

  test('codes may hold spaces, slashes, commas and quotes', () => {
    expect(outcomes('97 53 14 2')).toEqual(['97 53 14=2']);
    expect(outcomes('97 53 14')).toEqual(['97 53 14=1']);
    expect(outcomes('6ES7 214-1AG40-0XB0;4')).toEqual(['6ES7 214-1AG40-0XB0=4']);
    expect(outcomes('"smd,28x28mm",3')).toEqual(['smd,28x28mm=3']);
    expect(outcomes('"5/8"" bolt",3')).toEqual(['5/8" bolt=3']);
    expect(outcomes('5/8" bolt;3')).toEqual(['5/8" bolt=3']);
    expect(outcomes('"5/8 bolt;3')).toEqual(['"5/8 bolt=3']);
    expect(outcomes('CAB-5 1 000')).toEqual(['CAB-5=1000']);
  });

  test('a quantity that nobody wrote is not guessed', () => {
    expect(outcomes('CAB-5,1,5')).toEqual(['CAB-5=quantity_columns_differ']);
    expect(outcomes('1;CAB-5;100')).toEqual(['CAB-5=quantity_columns_differ']);
    expect(outcomes('100;CAB-5;100')).toEqual(['CAB-5=100']);
    expect(outcomes('Code;Qty\nCAB-5;ten')).toEqual(['(heading)', 'CAB-5=quantity_not_a_number']);
    expect(outcomes('Code;Qty\nCAB-5;1,5')).toEqual(['(heading)', 'CAB-5=quantity_not_whole']);
    expect(outcomes('Code;Qty\nCAB-5;\nMOT-7;2')).toEqual(['(heading)', 'CAB-5=quantity_missing', 'MOT-7=2']);
    expect(outcomes('CAB-5\nMOT-7 x 2')).toEqual(['CAB-5=quantity_missing', 'MOT-7=2']);
    expect(outcomes('CAB-5\nMOT-7')).toEqual(['CAB-5=1', 'MOT-7=1']);
  });

  test('a row that is not found proposes no number that may be the code', () => {
    expect(outcomes('qty 4 60099')).toEqual(['60099=4 unknown']);
    expect(outcomes('- 10 pcs 63100')).toEqual(['63100=10 unknown']);
    expect(outcomes('63100 (7)')).toEqual(['63100=7 unknown']);
    expect(outcomes('4 60099')).toEqual(['4 60099=null unknown']);
    expect(outcomes('NO-SUCH 4')).toEqual(['NO-SUCH=4 unknown']);
  });

  test('headings are followed, and rows keep their numbers', () => {
    const text =
      'sep=;\r\nPoz.;Šifra artikla;Naziv;Kol.;Cena\r\n\r\n1;CAB-5;Kabl 5;100;12,50\r\n2;MOT-7;Motor;;900\r\n';
    expect(read(text).rows.map(({ row, quantity, doubt }) => [row, quantity, doubt])).toEqual([
      [2, null, null],
      [4, 100, null],
      [5, null, 'quantity_missing'],
    ]);
    expect(read(text)).toMatchObject({
      headingRow: 2,
      columns: [
        { kind: 'position' },
        { kind: 'code' },
        { kind: 'name' },
        { kind: 'quantity' },
        { kind: 'price' },
      ],
    });
    expect(outcomes('Количество\tКод\n2\tCAB-5')).toEqual(['(heading)', 'CAB-5=2']);
    expect(outcomes('CODE-1;2')).toEqual(['CODE-1=2 unknown']);
  });

  test('roles that a person gives to columns are followed', () => {
    const document = documentOf('A;B;C\nCAB-5;7;9\nMOT-7;1;2');
    const roles = new Map([
      [0, 'code'],
      [2, 'quantity'],
    ] as const);
    const { rows } = readDocument(document, catalogueOf(byKey), roles);
    expect(rows.map(({ quantity }) => quantity).slice(-2)).toEqual([9, 2]);
  });

  test('no line of any text is lost, and very long lines are read in seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 80 })), (texts) => {
        const lines = texts.flatMap((text) => text.split(/\r\n|[\n\r\u2028\u2029]/));
        const { lines: parsed } = documentOf(lines.join('\n'));
        const { rows } = read(lines.join('\n'));
        expect(rows.length).toBe(parsed.length);
      }),
    );
    const before = process.cpuUsage();
    for (const filler of ['1 ', ' ', 'x ', '"', '";"', ',', '1,', "1'000 ", '<td>', '|', '""a,'])
      read(Array.from({ length: 50 }, () => filler.repeat(4_000)).join('\n'));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000);
  });
});
