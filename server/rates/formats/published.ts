/** What a source published for one day: 1 euro = `rates` of each currency, exact decimal strings. */
export interface PublishedDay {
  source: string;
  /** YYYY-MM-DD */
  date: string;
  rates: Map<string, string>;
}

/** A text isn't what a source of rates publishes, or only a part of it. */
export class UnreadableRates extends Error {}

const decimalForm = /^\d{1,10}(?:\.\d{1,8})?$/;
const rateScale = 8;
const one = 10n ** BigInt(rateScale);

/** Returns the decimal string without surplus zeros. Throws UnreadableRates for anything else than a rate above zero. */
export function rateFrom(text: string, where: string): string {
  if (!decimalForm.test(text) || /^[0.]+$/.test(text))
    throw new UnreadableRates(`${where}: "${text}" is not a rate`);
  return plain(text);
}

function plain(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Returns the day as YYYY-MM-DD. Throws UnreadableRates if there is no such day. */
export function dayFrom(text: string): string {
  const [day = '', month = '', year = ''] = text.split(/[.\s]+/).filter(Boolean);
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : `${year}-${monthFrom(month)}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso)
    throw new UnreadableRates(`"${text}" is not a day`);
  return iso;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function monthFrom(text: string): string {
  const named = months.indexOf(text) + 1;
  return (named > 0 ? String(named) : text).padStart(2, '0');
}

/** A row of a national bank's list: `units` of the currency cost `price` of the bank's own. */
export interface NationalRow {
  currency: string;
  units: string;
  price: string;
}

/**
 * Returns a national bank's list per euro: its own currency as published, the others divided once, to eight decimals.
 */
export function perEuro(
  source: string,
  date: string,
  own: string,
  rows: readonly NationalRow[],
): PublishedDay {
  const euro = rows.find(({ currency }) => currency === 'EUR');
  if (!euro) throw new UnreadableRates(`${source} ${date}: there is no euro in the list`);
  const euroPrice = scaled(rateFrom(euro.price, `${source} EUR`));
  const euroUnits = units(euro);
  const rates = new Map<string, string>();
  setRate(rates, own, rateText(divided(euroPrice, euroUnits)), source);
  for (const row of rows) {
    if (row.currency === 'EUR') continue;
    const price = scaled(rateFrom(row.price, `${source} ${row.currency}`));
    const rate = divided(euroPrice * units(row) * one, price * euroUnits);
    if (rate === 0n) throw new UnreadableRates(`${source} ${row.currency}: the rate is zero`);
    setRate(rates, row.currency, rateText(rate), source);
  }
  return { source, date, rates };
}

/** Adds a rate. Throws UnreadableRates for a code that isn't one, and for two rates of a currency. */
export function setRate(rates: Map<string, string>, currency: string, rate: string, where: string): void {
  if (!/^[A-Z]{3}$/.test(currency)) throw new UnreadableRates(`${where}: "${currency}" is not a currency`);
  if ((rates.get(currency) ?? rate) !== rate)
    throw new UnreadableRates(`${where}: ${currency} has two different rates`);
  rates.set(currency, rate);
}

function units({ currency, units: text }: NationalRow): bigint {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new UnreadableRates(`${currency}: "${text}" is not a number of units`);
  return BigInt(text);
}

function scaled(text: string): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(rateScale, '0'));
}

/** Divides, rounding half up once. */
const divided = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);

function rateText(value: bigint): string {
  const digits = value.toString().padStart(rateScale + 1, '0');
  return plain(`${digits.slice(0, -rateScale)}.${digits.slice(-rateScale)}`);
}
