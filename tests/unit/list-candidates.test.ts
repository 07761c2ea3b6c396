import { describe, expect, test } from 'vitest';
import {
  candidateKeys,
  columnsOfCodes,
  isLarge,
  sampleOf,
  textsBeside,
} from '#server/solutions/lists/reading/candidates.ts';
import { catalogueOf } from '#server/solutions/lists/reading/catalogue.ts';
import { documentOf } from '#server/solutions/lists/reading/document.ts';
import { byKey } from './small-catalogue.ts';

const table = (rows: number, codeOf: (row: number) => string) =>
  documentOf(
    Array.from({ length: rows }, (_, row) =>
      [...Array.from({ length: 9 }, (_, nth) => `X${row}.${nth}`), codeOf(row)].join(';'),
    ).join('\n'),
  );

describe('the codes of a list to look up', () => {
  test('a table of usual size is looked up as a whole', () => {
    expect(isLarge(table(1_000, () => 'CAB-5'))).toBe(false);
    expect(isLarge(table(2_000, () => 'CAB-5'))).toBe(true);
  });

  test('of a large table the columns are looked up that hold known codes in a sample', () => {
    const large = table(2_000, (row) => (row % 3 === 0 ? 'CAB-5' : `Y${row}`));
    const sample = sampleOf(large);
    expect(sample.length).toBeLessThanOrEqual(60);
    const columns = columnsOfCodes(large, sample, catalogueOf(byKey));
    expect(columns).toEqual(new Set([9]));
    expect(candidateKeys(large, columns).has('y1')).toBe(true);
    expect(candidateKeys(large, columns).has('x18')).toBe(false);
    expect(textsBeside(large, columns).has('X1.8')).toBe(true);
    expect(textsBeside(large, columns).has('CAB-5')).toBe(false);
  });

  test('a column that a heading calls one of codes is looked up also where the sample knows none of them', () => {
    const { lines } = table(2_000, (row) => `Y${row}`);
    const headings = { row: 0, raw: '', cells: [...Array<string>(9).fill('Field'), 'Part number'], part: 0 };
    const headed = { encoding: 'utf-8', separator: null, lines: [headings, ...lines] };
    expect(columnsOfCodes(headed, sampleOf(headed), catalogueOf(byKey))).toEqual(new Set([9]));
  });

  test('of a large table without any known code the first columns are looked up', () => {
    const large = table(4_000, (row) => `Y${row}`);
    expect(columnsOfCodes(large, sampleOf(large), catalogueOf(byKey)).size).toBe(3);
  });
});
