import { describe, expect, test } from 'vitest';
import { catalogueOf } from '#server/solutions/lists/reading/catalogue.ts';
import { readDocument } from '#server/solutions/lists/reading/decide.ts';
import { documentOf } from '#server/solutions/lists/reading/document.ts';
import { byKey, outcomes, read } from './small-catalogue.ts';

describe('a column of a list', () => {
  test('numbers with two decimals that may be quantities are asked about', () => {
    const asked = ['CAB-5=quantity_column_unknown', 'MOT-7=quantity_column_unknown'];
    expect(outcomes('CAB-5;15,00\nMOT-7;6,30')).toEqual(asked);
    expect(outcomes('CAB-5;1.00\nMOT-7;2.00')).toEqual(asked);
    expect(outcomes('CAB-5;Cable;1.00\nMOT-7;Motor;2.00')).toEqual(asked);
    expect(outcomes('CAB-5;2;15,00\nMOT-7;4;6,30')).toEqual(['CAB-5=2', 'MOT-7=4']);
  });

  test.each([
    ['24V relay'],
    ['24 V relay'],
    ['230VAC contactor 3P'],
    ['24 V DC Netzteil'],
    ['1.5 kW motor'],
    ['10-30V sensor'],
    ['3-phase motor'],
    ['24-polig Stecker'],
    ['3-fazni motor'],
    ['2,5 mm² wire'],
  ])('the name %o begins with a measure, which is no quantity', (name) => {
    expect(outcomes(`CAB-5;${name}\nMOT-7;Motor`)).toEqual(['CAB-5=1', 'MOT-7=1']);
    expect(outcomes(`CAB-5;${name};7`)).toEqual(['CAB-5=7']);
  });

  test.each([
    ['5m cable'],
    ['10 spare parts'],
    ['2 x relay'],
    ['5-10 relays'],
    ['5-pack cable'],
    ['4 A'],
    ['10 pcs relay'],
  ])('the cell %o may hold a quantity and is asked about', (cell) => {
    expect(read(`CAB-5;${cell}\nMOT-7;Motor`).rows[0]).toMatchObject({
      quantity: null,
      doubt: expect.any(String),
    });
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

  test.each([
    ['NO-SUCH;4;komada;12,50 EUR', ''],
    ['NO-SUCH;4;komada;EUR 12,50;Servo motor', 'Servo motor'],
    ['Code;Qty;U/M;Price;Date\nNO-SUCH;4;boxes of ten;twelve euro;12 March 2026', ''],
    ['Code;Qty;Wumm;Stock\nNO-SUCH;4;M12 sensor;plenty in the warehouse', 'M12 sensor'],
  ])('in %j the name is %j: no unit, price, date or stock', (text, name) => {
    expect(read(text).rows.at(-1)?.name).toBe(name);
  });

  test('a column that a person ignores gives no name', () => {
    const named = (role: 'ignored' | 'unit') =>
      readDocument(
        documentOf('Code;Qty;Wumm\nNO-SUCH;4;Servo motor'),
        catalogueOf(byKey),
        new Map([[0, 'code'] as const, [1, 'quantity'] as const, [2, role] as const]),
      ).rows.at(-1)?.name;
    expect([named('ignored'), named('unit')]).toEqual(['', '']);
  });

  test('two columns of codes without a column of quantities are asked about while another holds numbers', () => {
    const outcome = (text: string, roles: Parameters<typeof readDocument>[2]) =>
      readDocument(documentOf(text), catalogueOf(byKey), roles).rows.map(
        ({ quantity, doubt }) => doubt ?? quantity,
      );
    const both = new Map([
      [0, 'code'],
      [1, 'code'],
    ] as const);
    const asked = ['quantity_column_unknown', 'quantity_column_unknown'];
    expect(outcome('CAB-5;7\nMOT-7;1', both)).toEqual(asked);
    expect(outcome('CAB-5;X;7\nMOT-7;Y;1', both)).toEqual(asked);
    expect(outcome('CAB-5;X;7\nMOT-7;Y;1', new Map([...both, [2, 'quantity'] as const]))).toEqual([7, 1]);
    expect(outcome('CAB-5;X;7\nMOT-7;Y;1', new Map([...both, [2, 'ignored'] as const]))).toEqual([1, 1]);
    expect(outcome('CAB-5;X\nMOT-7;Y', both)).toEqual([1, 1]);
  });
});
