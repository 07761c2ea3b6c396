import { parse } from 'csv-parse/sync';
import { dayFrom, type NationalRow, perEuro, type PublishedDay, UnreadableRates } from './published.ts';

/** Reads the Czech National Bank's `daily.txt` or `denni_kurz.txt`: "27 Nov 2026 #229", headings, `...|amount|code|rate`. */
export function readCnb(text: string): PublishedDay[] {
  const [first = '', , ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const rows = lines.map((line) => {
    const [, , units, currency, price, ...more] = line.split('|').map((cell) => cell.trim());
    if (price === undefined || more.length > 0) throw new UnreadableRates(`CNB: "${line}" is not a row`);
    return { currency: currency ?? '', units: units ?? '', price: price.replace(',', '.') };
  });
  return [perEuro('CNB', dayFrom(first.split('#')[0]?.trim() ?? ''), 'CZK', rows)];
}

/** Reads `/cnbapi/exrates/daily`, and table A of `/api/exchangerates/tables` of Narodowy Bank Polski. */
export function readJsonRates(text: string): PublishedDay[] {
  const value = parseExact(text);
  if (Array.isArray(value)) return value.map(nbpDay);
  const listed = isRecord(value) ? value['rates'] : undefined;
  if (!Array.isArray(listed) || listed.length === 0) throw new UnreadableRates('the JSON holds no rates');
  const rows = listed.filter(isRecord);
  const date = dayFrom(textOf(rows[0]?.['validFor']));
  return [
    perEuro(
      'CNB',
      date,
      'CZK',
      rows.map((row) => national(row['currencyCode'], row['amount'], row['rate'])),
    ),
  ];
}

function nbpDay(table: unknown): PublishedDay {
  if (!isRecord(table) || !Array.isArray(table['rates'])) throw new UnreadableRates('NBP: no table of rates');
  const rows = table['rates'].filter(isRecord);
  const date = dayFrom(textOf(table['effectiveDate']));
  return perEuro(
    'NBP',
    date,
    'PLN',
    rows.map((row) => national(row['code'], '1', row['mid'])),
  );
}

/**
 * Reads a list of the National Bank of Serbia as people save it: a day somewhere above, then rows separated by ";", "|",
 * tabs or commas with a code, the units it is valid for, and last the middle rate with a decimal comma.
 */
export function readNbs(text: string): PublishedDay[] {
  const day = /\b(\d{1,2}\.\s?\d{1,2}\.\s?\d{4})\b/.exec(text)?.[1];
  if (day === undefined) throw new UnreadableRates('NBS: the list has no day');
  const delimiter = [';', '|', '\t'].find((sign) => text.includes(sign)) ?? ',';
  const lines: string[][] = parse(text, {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    trim: true,
  });
  const rows = lines.flatMap((cells): NationalRow[] => {
    const currency = cells.find((cell) => /^[A-Z]{3}$/.test(cell));
    const price = cells.findLast((cell) => cell !== '') ?? '';
    if (currency === undefined || !/^[\d.]+,\d+$/.test(price)) return [];
    const units = cells.slice(0, -1).findLast((cell) => /^10*$/.test(cell)) ?? '1';
    return [{ currency, units, price: price.replaceAll('.', '').replace(',', '.') }];
  });
  return [perEuro('NBS', dayFrom(day), 'RSD', rows)];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const national = (currency: unknown, units: unknown, price: unknown): NationalRow => ({
  currency: textOf(currency),
  units: textOf(units),
  price: textOf(price),
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses JSON with numbers as they are written, because floats would change their digits. */
function parseExact(text: string): unknown {
  try {
    // The third parameter (ES2026) isn't typed yet.
    const keepDigits = (_key: string, value: unknown, context?: { source?: string }): unknown =>
      typeof value === 'number' ? context?.source : value;
    return JSON.parse(text, keepDigits);
  } catch {
    throw new UnreadableRates("the JSON can't be read");
  }
}
