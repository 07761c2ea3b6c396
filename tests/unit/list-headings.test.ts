import { describe, expect, test } from 'vitest';
import { read } from './small-catalogue.ts';

/** What comes of "2" under a heading: the quantity, or "asked". */
function twoUnder(heading: string): number | 'asked' {
  const [row] = read(`Code\t${heading}\nCAB-5\t2\nMOT-7\t3`).rows.slice(-2);
  return row?.quantity == null || row.doubt || (row.unit ?? 'piece') !== 'piece' ? 'asked' : row.quantity;
}

describe('a heading of quantities', () => {
  test.each(
    'Qty (k)|Qty k|Qty [K]|Qty in K|k pcs|Qty kpcs|Ordered (k)|Amount (k)|Menge (Tsd.)|Menge in Tsd. Stk|Menge T.St|Menge (TSt)|Qty in thousands|Quantity, thousands|in thousands'
      .split('|')
      .concat(
        "pcs/1000|Qty / 100|Qty per 100|Menge je 100|Menge/100 St|Menge [100 St]|Kol./100|Qty 000|Qty ('000)|Qty (000s)|000 pcs|Qty (x 1000)|Qty * 100".split(
          '|',
        ),
      )
      .concat(
        'Menge (100er)|Menge (1.000er)|Menge in 100|Količina u 1000|Qty (100/pack)|Qty (pack of 250)|Qty (unit = 100)|Qty (ME=100)|Quantity [1/1000]'.split(
          '|',
        ),
      )
      .concat(
        'Qty (dozens)|Qty dozen|Qty (gross)|Qty (hundreds)|Qty (C)|Qty C|Qty (M)|Qty (M pcs)|Menge (‰)|Qty (%)|Qty (PU)|Qty PU|Menge PE|Menge VE|VE Menge|Anzahl VE'.split(
          '|',
        ),
      )
      .concat(
        'Qty (lots)|Qty colli|Qty (reels)|Qty in pairs|Qty (sets)|Needed (boxes)|Benötigt [VE]|Potrebno (pak.)|Qty (XY)'.split(
          '|',
        ),
      )
      .concat(
        'Količina (hilj.)|Quantité (milliers)|Cantidad (miles)|Ilość (tys.)|Mennyiség (ezer db)|Quantità (migliaia)|Кол-во, тыс. шт|Кол-во (уп)|Aantal (duizend)|Antal (tusen)'.split(
          '|',
        ),
      ),
  )('the heading %o may count something else than pieces, which is asked about', (heading) => {
    expect(twoUnder(heading)).toBe('asked');
  });

  test.each(
    'Qty|Qty (pcs)|Qty (ea)|Qty [St.]|Menge in Stück|Qty (total)|Menge (gesamt)|Qty 1|Order Qty.|Qté cdée|Qty (required)|Količina (kom)|Кол-во|Кол-во (шт)|Ks|Antal (st)|Mennyiség (db)'.split(
      '|',
    ),
  )('the heading %o counts pieces', (heading) => {
    expect(twoUnder(heading)).toBe(2);
  });

  test('a unit column of pieces does not undo that the heading counts thousands', () => {
    const { rows } = read('Code;Qty (k);Unit\nCAB-5;2;pcs');
    expect(rows[1]).toMatchObject({ quantity: 2, unit: 'k' });
  });

  test('a line of its own says what all quantities count', () => {
    for (const note of ['All quantities in thousands', 'Mengen in Tsd. Stück', 'Qty x 1000'])
      expect(read(`${note}\nCode;Qty\nCAB-5;2`).rows.at(-1)?.unit, note).not.toBeNull();
    expect(read('Order of thousands of parts\nCode;Qty\nCAB-5;2').rows.at(-1)?.unit).toBeNull();
  });
});
