import { fold } from '#server/platform/fold.ts';

/** Column indexes of codes and quantity. */
export interface Columns {
  codes: number[];
  quantity: number | null;
}

// Folded headings in the languages of our buyers.
const codeWords = new Set(
  (
    'code|codes|sku|part|parts|part number|part no|part nr|pn|p/n|mpn|article|article number|article no|item|item code|' +
    'item no|item number|product|product code|order code|order number|order no|ordering code|catalog number|' +
    'catalogue number|catalog no|model|type|reference|ref|ean|gtin|barcode|' +
    'sifra|sifra proizvoda|sifra artikla|kod|kodovi|artikal|artikl|proizvod|kataloski broj|kat broj|oznaka|barkod|bar kod|' +
    'kod produktu|kod zbozi|indeks|numer|cislo|artikel|artikelnummer|artikelnr|bestellnummer|art nr|artikul'
  ).split('|'),
);
const quantityWords = new Set(
  (
    'quantity|quantities|qty|order qty|order quantity|amount|count|pcs|pieces|number of pieces|' +
    'kolicina|kolicine|kol|kom|komada|komad|broj komada|menge|anzahl|stk|stuck|ilosc|szt|mnozstvi|pocet|ks|kolicestvo|sht|st'
  ).split('|'),
);

const normalised = (field: string): string =>
  fold(field)
    .replace(/[.:#*_-]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Reads a list's first row; null if it isn't a row of headings. */
export function readHeader(fields: readonly string[]): Columns | null {
  if (fields.some((field) => /\d/.test(field))) return null;
  const words = fields.map(normalised);
  const codes = words.flatMap((word, index) => (codeWords.has(word) ? [index] : []));
  const quantity = words.findIndex((word) => quantityWords.has(word));
  if (codes.length === 0 && quantity < 0) return null;
  return { codes, quantity: quantity < 0 ? null : quantity };
}
