import { parse } from 'csv-parse/sync';
import {
  dayFrom,
  type NationalRow,
  perEuro,
  type PublishedDay,
  rateFrom,
  setRate,
  UnreadableRates,
} from './published.ts';
import { named, type XmlElement } from './xml.ts';

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

/**
 * Reads JSON of national banks: `/cnbapi/exrates/daily` (CNB), table A of `/api/exchangerates/tables` (NBP),
 * `/tecajn-eur/v3` (HNB) and `/CurrencyExchange/GetJson` (CBBH).
 */
export function readJsonRates(text: string): PublishedDay[] {
  const value = parseExact(text);
  if (Array.isArray(value)) return isHnb(value) ? hnbDays(value) : value.map(nbpDay);
  const listed = isRecord(value) ? (value['rates'] ?? value['CurrencyExchangeItems']) : undefined;
  if (!isRecord(value) || !Array.isArray(listed) || listed.length === 0)
    throw new UnreadableRates('the JSON holds no rates');
  const rows = listed.filter(isRecord);
  if (value['CurrencyExchangeItems']) {
    const listedRows = rows.map((row) => national(row['AlphaCode'], row['Units'], row['Middle']));
    return [perEuro('CBBH', dayFrom(textOf(value['Date']).slice(0, 10)), 'BAM', listedRows)];
  }
  const listedRows = rows.map((row) => national(row['currencyCode'], row['amount'], row['rate']));
  return [perEuro('CNB', dayFrom(textOf(rows[0]?.['validFor'])), 'CZK', listedRows)];
}

const isHnb = (rows: readonly unknown[]): rows is Record<string, unknown>[] =>
  rows.length > 0 && rows.every((row) => isRecord(row) && 'srednji_tecaj' in row);

/** Croatia's list is per euro already. */
function hnbDays(rows: readonly Record<string, unknown>[]): PublishedDay[] {
  return [...Map.groupBy(rows, (row) => dayFrom(textOf(row['datum_primjene'])))].map(([date, own]) => {
    const rates = new Map<string, string>();
    for (const row of own) {
      const { currency, price } = national(row['valuta'], '1', row['srednji_tecaj']);
      const where = `HNB ${date} ${currency}`;
      setRate(rates, currency, rateFrom(price, where), where);
    }
    return { source: 'HNB', date, rates };
  });
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

/** Reads the National Bank of Romania's `nbrfxrates.xml` and `nbrfxrates10days.xml`: a Cube of rates for each day. */
export function readBnr(root: XmlElement): PublishedDay[] {
  return named(root, 'Cube').map((day) =>
    perEuro(
      'BNR',
      dayFrom(day.attributes['date'] ?? ''),
      'RON',
      named(day, 'Rate').map(({ attributes, text }) =>
        national(attributes['currency'], attributes['multiplier'] ?? '1', text.trim()),
      ),
    ),
  );
}

/** Reads what the Hungarian National Bank's `GetCurrentExchangeRates` and `GetExchangeRates` return, without the envelope. */
export function readMnb(root: XmlElement): PublishedDay[] {
  return named(root, 'Day').map((day) =>
    perEuro(
      'MNB',
      dayFrom(day.attributes['date'] ?? ''),
      'HUF',
      named(day, 'Rate').map(({ attributes, text }) =>
        national(attributes['curr'], attributes['unit'], text.trim()),
      ),
    ),
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
  price: textOf(price).replace(',', '.'),
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
