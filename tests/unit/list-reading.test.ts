import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentOf } from '#server/solutions/lists/reading/document.ts';
import { readMeasured, readQuantity } from '#server/solutions/lists/reading/quantity.ts';
import { outcomes, read } from './small-catalogue.ts';

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

describe('a quantity beside prices', () => {
  test.each([
    ['1.000', '12,50', 1000],
    ['1,000', '12.50', 1000],
    ['1.000', '12.50', 1],
    ['1,000', '12,50', 1],
    ['2.500', '12.50', 'quantity_unclear'],
    ['1.000', '1.234,5', 1000],
    ['1.000', '0,005', 1000],
    ['1.000', '€ 12,50', 1000],
    ['1.000', '1.250', 'quantity_unclear'],
    ['1.000', '900', 'quantity_unclear'],
    ['1.000', '', 'quantity_unclear'],
  ])('the quantity %o beside the price %o is read as %o', (quantity, price, outcome) => {
    expect(outcomes(`Code;Qty;Price\nCAB-5;${quantity};${price}`)).toEqual(['(heading)', `CAB-5=${outcome}`]);
  });

  test('numbers in columns that are no prices decide nothing', () => {
    for (const heading of ['Date', 'Customs number', 'Code', 'Qty'])
      expect(outcomes(`SKU;Qty;${heading}\nCAB-5;1.000;12,50`)[1], heading).not.toMatch(/=\d/);
  });

  test('in a text without columns a dot groups thousands beside prices with a comma', () => {
    const after = (price: string) => outcomes(`CAB-5 1.000 pcs\nMOT-7 4 pcs\nOur price: ${price}`)[0];
    expect(after('12,50 EUR')).toBe('CAB-5=1000');
    expect(after('12.50 EUR')).toBe('CAB-5=quantity_unclear');
    expect(after('12,50')).toBe('CAB-5=quantity_unclear');
  });
});

describe('a list', () => {
  test('rows with names or cells without end make no more columns than a list has', () => {
    const names = (row: number) => Object.fromEntries([1, 2, 3].map((nth) => [`k${row}.${nth}`, nth]));
    const cells = '<td rowspan="90" colspan="50">6206</td>'.repeat(30);
    for (const text of [
      JSON.stringify(Array.from({ length: 300 }, (_, row) => names(row))),
      JSON.stringify([Array(300).fill(6206), ['6305', 2]]),
      `<table><tr>${cells}</tr>${'<tr><td>1</td></tr>'.repeat(80)}</table>`,
    ])
      expect(Math.max(...documentOf(text).lines.map((line) => line.cells.length))).toBeLessThanOrEqual(200);
  });

  test('a page whose body is hidden until a script runs is read', () => {
    const page =
      '<html><body style="display:none"><table><tr><td>CAB-5</td><td>4</td></tr></table></body></html>';
    expect(documentOf(page).lines.map(({ cells }) => cells)).toEqual([['CAB-5', '4']]);
  });

  test('tags without an end are read in time that grows with the text', () => {
    const before = process.cpuUsage();
    for (const tag of [
      '<td ',
      '<',
      '<style>',
      '<style',
      '<!--',
      '<o:p',
      '<span hidden>',
      '<td style="',
      '<style>a{',
    ])
      documentOf(`<table><tr><td>x</td></tr>${tag.repeat(480_000 / tag.length)}`);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000);
  });

  test('names that every object has are names as others in JSON', () => {
    const { lines } = documentOf('[{"code":"6206","constructor":1,"__proto__":"2"},{"code":"6305"}]');
    expect(lines.map(({ cells }) => cells)).toEqual([
      ['code', 'constructor', 'proto'],
      ['6206', '1', '2'],
      ['6305', '', ''],
    ]);
  });

  test('JSON that is nested without end is a text like any other', () => {
    expect(read(`${'['.repeat(20_000)}${']'.repeat(20_000)}`).rows.length).toBeLessThanOrEqual(1);
  });

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

  test.each([
    ['0', 'quantity_not_positive'],
    ['-10', 'quantity_not_positive'],
    ['2,5', 'quantity_not_whole'],
    ['9999999999', 'quantity_too_large'],
    ...['~10', 'ca. 10', 'min 10', '10k', '1.5k', '10+2 spare', '5 each of 2', '1:10', '10/20', '1e1', '5+5']
      .concat(['½', '⑩', '10²', '١٠', '-', '?', 'TBD', 'n/a', 'none', 'ten'])
      .map((typed) => [typed, 'quantity_not_a_number']),
  ])('the quantity %o without a heading is refused as %s, and others beside it count', (typed, reason) => {
    expect(read(`CAB-5;${typed}`).rows).toMatchObject([{ quantity: null, doubt: expect.any(String) }]);
    expect(outcomes(`CAB-5;${typed}\nMOT-7;4`)).toEqual([`CAB-5=${reason}`, 'MOT-7=4']);
    expect(outcomes(`1;CAB-5;${typed}\n2;MOT-7;4`)).toEqual([`CAB-5=${reason}`, 'MOT-7=4']);
  });

  test('names, prices and bar codes beside codes are no quantities', () => {
    expect(outcomes('CAB-5;Bearing 6206 30x62x16\nMOT-7;Motor 24 V')).toEqual(['CAB-5=1', 'MOT-7=1']);
    expect(outcomes('CAB-5;CAB-5 cable')).toEqual(['CAB-5=1']);
    expect(outcomes('CAB-5;Cable;15,00\nMOT-7;Motor;6,30')).toEqual(['CAB-5=1', 'MOT-7=1']);
    expect(outcomes('CAB-5;4006381333931')).toEqual(['CAB-5=1']);
    expect(outcomes('CAB-5;10000000')).toEqual(['CAB-5=quantity_unclear']);
    expect(outcomes('CAB-5;Cable\nMOT-7;Motor\n97 53 14;4')).toEqual([
      'CAB-5=quantity_missing',
      'MOT-7=quantity_missing',
      '97 53 14=quantity_unclear',
    ]);
    expect(outcomes('CAB-5;ca. 4;100\nMOT-7;4;200')).toEqual([
      'CAB-5=quantity_columns_differ',
      'MOT-7=quantity_columns_differ',
    ]);
  });

  test('a raised digit is not joined with the number before it', () => {
    for (const typed of ['10²', '3¹', '⑩', '10½'])
      expect(outcomes(`Code;Qty\nCAB-5;${typed}`)).toEqual(['(heading)', 'CAB-5=quantity_not_a_number']);
    expect(outcomes('CAB-5 10²')).toEqual(['CAB-5=quantity_unclear']);
    expect(readMeasured('10 m²')?.unit).toBe(readMeasured('10 m2')?.unit);
  });

  test.each([
    ['CAB-5 5-10 pcs'],
    ['No CAB-5'],
    ['CAB-5 page 12'],
    ['ten pieces of CAB-5'],
    ['CAB-5 30x62x16'],
    ['CAB-5 30 x 62 x 16'],
    ['10 Stk. CAB-5 à 5,52'],
    ['CAB-5 10 x 5,52 = 55,20'],
    ['CAB-5 10 15,00 150,00'],
  ])('the row %o has a known code and no certain quantity', (line) => {
    expect(read(line).rows).toMatchObject([
      { code: 'CAB-5', ids: [1], quantity: null, doubt: expect.any(String) },
    ]);
    expect(read(`${line}\nMOT-7`).rows[1]).toMatchObject({ quantity: null });
  });

  test.each([
    ['NO-SUCH 30x62x16'],
    ['NO-SUCH 30 x 62 x 16'],
    ['10 Stk. NO-SUCH à 5,52'],
    ['NO-SUCH 10 x 5,52 = 55,20'],
    ['NO-SUCH 10 15,00 150,00'],
    ['NO-SUCH 10 15 150'],
  ])('the row %o proposes no part of a measure, a price or a sum', (line) => {
    expect([null, 10]).toContain(read(line).rows[0]?.quantity);
  });

  test('a known code of digits is the code of its row, not the quantity', () => {
    for (const line of ['NO-SUCH 6206', 'ten pieces of 6206', '6206 page 12', '6206 30x62', '6206 5-10 pcs'])
      expect(outcomes(line)).toEqual(['6206=quantity_unclear']);
  });

  test('headings with a tab over rows without tabs are headings', () => {
    const rows = 'CAB-5 10\nMOT-7 4\n97 53 14 2\nCAB-5 1\nMOT-7 3';
    const expected = ['(heading)', 'CAB-5=10', 'MOT-7=4', '97 53 14=2', 'CAB-5=1', 'MOT-7=3'];
    expect(outcomes(`Code\tQty\n${rows}`)).toEqual(expected);
    expect(outcomes(`Code Qty\n${rows}`)).toEqual(expected);
    expect(outcomes(`Šifra\tKoličina\n${rows}`)).toEqual(expected);
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
