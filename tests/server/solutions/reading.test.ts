import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readQuantity } from '#server/solutions/by-code/quantity.ts';
import { readList } from '#server/solutions/by-code/reading.ts';

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

describe('a list', () => {
  const readings = (text: string) =>
    readList(text).map((row) => row.readings.map(({ code, quantity }) => `${code}=${quantity}`));

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
  ])('the row %o may mean 100 of CAB-5', (line) => {
    const [row] = readList(line);
    expect(row?.readings).toContainEqual(expect.objectContaining({ code: 'CAB-5', quantity: 100 }));
    expect(row?.likely).toMatchObject({ code: 'CAB-5', quantity: 100 });
  });

  test('codes may hold spaces, slashes, commas and quotes', () => {
    expect(readings('97 53 14 2')[0]).toContain('97 53 14=2');
    expect(readings('97 53 14')[0]?.[0]).toBe('97 53 14=1');
    expect(readings('6ES7 214-1AG40-0XB0;4')[0]).toContain('6ES7 214-1AG40-0XB0=4');
    expect(readings('"smd,28x28mm",3')[0]).toContain('smd,28x28mm=3');
    expect(readings('"5/8"" bolt",3')[0]).toContain('5/8" bolt=3');
    expect(readings('5/8" bolt;3')[0]).toContain('5/8" bolt=3');
    expect(readings('"5/8 bolt;3')[0]).toContain('"5/8 bolt=3');
    expect(readings('CAB-5 1 000')[0]).toContain('CAB-5=1000');
  });

  test('an ambiguous or fractional quantity of a row is not guessed', () => {
    expect(readings('CAB-5,1,5')[0]).toContain('CAB-5=quantity_unclear');
    expect(readings('1;CAB-5;100')[0]).toContain('CAB-5=quantity_unclear');
    expect(readings('100;CAB-5;100')[0]).toContain('CAB-5=100');
    expect(readings('CAB-5;ten')[0]).toContain('CAB-5=quantity_not_a_number');
    expect(readings('CAB-5;1,5')[0]).toContain('CAB-5=quantity_not_whole');
  });

  test('headings are followed, and rows keep their numbers', () => {
    const text =
      'sep=;\r\nPoz.;Šifra artikla;Naziv;Kol.;Cena\r\n\r\n1;CAB-5;Kabl 5;100;12,50\r\n2;MOT-7;Motor;;900\r\n';
    const rows = readList(text);
    expect(rows.map((row) => [row.row, row.heading])).toEqual([
      [2, true],
      [4, false],
      [5, false],
    ]);
    expect(rows[1]?.readings).toEqual([{ code: 'CAB-5', quantity: 100, typed: '100' }]);
    expect(rows[2]?.readings).toEqual([{ code: 'MOT-7', quantity: 1, typed: '' }]);
    expect(readList('code;qty\nA;2')[0]?.heading).toBe(true);
    expect(readList('Количество\tКод\n2\tA')[1]?.readings).toEqual([{ code: 'A', quantity: 2, typed: '2' }]);
    expect(readList('CODE-1;2')[0]?.heading).toBe(false);
  });

  test('no line of any text is lost, and very long lines are read in seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 80 })), (texts) => {
        const lines = texts.flatMap((text) => text.split(/\r\n|[\n\r\u2028\u2029]/));
        const filled = lines.filter((line) => line.replace(/^\ufeff/, '').trim() !== '');
        const rows = readList(lines.join('\n'));
        expect(rows.length).toBe(filled.filter((line) => !/^sep=.$/i.test(line.trim())).length);
        for (const row of rows) expect(row.readings.length).toBeGreaterThan(0);
      }),
    );
    const before = process.cpuUsage();
    for (const filler of ['1 ', ' ', 'x ', '"', '";"', ',', '1,', "1'000 "])
      readList(Array.from({ length: 50 }, () => filler.repeat(4_000)).join('\n'));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(10_000);
  });
});
