import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { exactAmount } from '#server/catalog/import/decimal.ts';
import { openLines } from '#server/catalog/import/lines.ts';
import { cleanCode, cleanLine, cleanText } from '#server/catalog/import/text.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test.each([
  ['0.0003', '0.0003'],
  ['1e-4', '0.0001'],
  ['1.5e-3', '0.0015'],
  ['12.50', '12.5'],
  ['1.25E+1', '12.5'],
  ['1e3', '1000'],
  ['10e-1', '1'],
  ['007', '7'],
  ['-0.0', '0'],
  ['999999999999.9999', '999999999999.9999'],
])('the number %s is the amount %s', (text, amount) => {
  expect(exactAmount(text, 'price')).toBe(amount);
});

test.each([
  ['0.00001', 'more than four decimals'],
  ['1e-5', 'more than four decimals'],
  ['-1', 'negative'],
  ['1e20', 'too large'],
  ['12,50', 'not a number'],
  ['NaN', 'not a number'],
])('the number %s is refused: %s', (text, reason) => {
  expect(() => exactAmount(text, 'price')).toThrow(reason);
});

test('an amount is the same in any decimal notation', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: -8, max: 8 }), (units, shift) => {
      const plain = exactAmount(`${units}e-4`, 'price');
      const moved = `${units}${'0'.repeat(Math.max(shift, 0))}e${-4 - Math.max(shift, 0)}`;
      expect(exactAmount(moved, 'price')).toBe(plain);
      expect(BigInt(plain.replace('.', '') + '0'.repeat(4 - (plain.split('.')[1]?.length ?? 0)))).toBe(units);
    }),
  );
});

test('texts lose only tags, entities and odd spaces', () => {
  expect(cleanLine('StarTech 6 ft 90&deg; Cable')).toBe('StarTech 6 ft 90° Cable');
  expect(cleanLine('Senior\nBusiness\u00a0 Analyst')).toBe('Senior Business Analyst');
  expect(cleanLine('Coupler 3 x RCA\\n 3 x RCA')).toBe('Coupler 3 x RCA 3 x RCA');
  expect(cleanLine('Driver in C:\\new')).toBe('Driver in C:\\new');
  expect(cleanLine('DC-DC <6V> A<B,A=B,A>B')).toBe('DC-DC <6V> A<B,A=B,A>B');
  expect(cleanLine('电容 ±5% "1/4" Ω')).toBe('电容 ±5% "1/4" Ω');
  expect(cleanText('First<br />second<ul><li>third</li></ul>\n\n\n\nlast')).toBe(
    'First\nsecond\n\nthird\n\nlast',
  );
  expect(cleanText('a\u0000b\u0007c\ud800')).toBe('abc\ufffd');
  expect(cleanCode(' 6ES7 1/2 "A"\u0000±\t<6V> 电 ')).toBe('6ES7 1/2 "A"± <6V> 电');
});

test('lines are numbered, also the last without a line end, and too long ones are dropped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quoteline-lines-'));
  const file = join(folder, 'lines');
  writeFileSync(file, `\ufefffirst\r\n\n${'x'.repeat(1_100_000)}\nč${'y'.repeat(300_000)}\nlast`);
  const { lines } = await openLines(file);
  const seen = await Readable.from(lines).toArray();
  rmSync(folder, { recursive: true });
  expect(seen).toEqual([
    { row: 1, text: 'first\r' },
    { row: 2, text: '' },
    { row: 3, text: null },
    { row: 4, text: `č${'y'.repeat(300_000)}` },
    { row: 5, text: 'last' },
  ]);
});
