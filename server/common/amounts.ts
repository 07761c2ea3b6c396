import { isSupported } from './money.ts';

/**
 * What a typed amount of money says. `choice`: it has two readings, such as `12.500`, and only its writer knows which;
 * `proposal` is the one nearer to the evidence. `currencies`: those that a name or sign beside the amount can mean; null if
 * there is none. Amounts are decimal strings of the wire, without trailing zeros.
 */
export type ReadAmount =
  | { kind: 'amount'; amount: string; currencies: readonly string[] | null }
  | {
      kind: 'choice';
      readings: readonly [string, string];
      proposal: string | null;
      currencies: readonly string[] | null;
    }
  | { kind: 'unreadable' };

const unreadable = { kind: 'unreadable' } as const;

/** Signs and names beside amounts, in lower case, with what they can mean. Codes of supported currencies need no row. */
const signs: Readonly<Record<string, readonly string[]>> = {
  '€': ['EUR'],
  euro: ['EUR'],
  eur: ['EUR'],
  evra: ['EUR'],
  $: ['USD', 'AUD', 'CAD', 'HKD', 'MXN', 'NZD', 'SGD', 'TWD'],
  us$: ['USD'],
  '£': ['GBP'],
  '¥': ['JPY', 'CNY'],
  '₩': ['KRW'],
  zł: ['PLN'],
  kč: ['CZK'],
  ft: ['HUF'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
  lei: ['RON', 'MDL'],
  leu: ['RON', 'MDL'],
  lek: ['ALL'],
  лв: ['BGN'],
  lv: ['BGN'],
  km: ['BAM'],
  din: ['RSD'],
  дин: ['RSD'],
  dinara: ['RSD'],
  динара: ['RSD'],
  ден: ['MKD'],
  den: ['MKD'],
  fr: ['CHF'],
  sfr: ['CHF'],
  '₽': ['RUB'],
  руб: ['RUB'],
  '₴': ['UAH'],
  грн: ['UAH'],
  '₺': ['TRY'],
  tl: ['TRY'],
  '₸': ['KZT'],
  '₾': ['GEL'],
  '₹': ['INR'],
  rs: ['INR'],
  '₪': ['ILS'],
  r$: ['BRL'],
};

/** Returns what a sign, name or code of a currency can mean; null for other words. */
function currenciesOf(word: string): readonly string[] | null {
  const bare = word.trim().replace(/\.$/, '').toLowerCase();
  const code = bare.toUpperCase();
  return signs[bare] ?? (isSupported(code) ? [code] : null);
}

// As Excel, mails and forms write them: full-width signs, spaces that don't break, marks without width.
const plain = (typed: string): string =>
  typed
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/[’‘ʼ´`]/g, "'")
    .trim();

// "2.500,-": no cents. Also ".–", ":-", ",--" and the Dutch ",=".
const withoutCents = /[.,:](?:[-–—−]{1,2}|=)$/;

/**
 * Reads an amount in its writer's own style: `12.5`, `12,50 €`, `EUR 12.50`, `1.234,50`, `1 234,50`, `1'234.50`, `2.500,-`.
 * `near`: a decimal string that the amount is probably close to, such as the list price.
 */
export function readAmount(typed: string, near: string | null = null): ReadAmount {
  const parts =
    /^([^\d.,'-]*?)\s*([\d.,](?:[\d.,' ]*[\d.,])?(?:[:.,]?[-–—−]{1,2}|[.,]=)?)\s*([^\d,'=-]*)$/.exec(
      plain(typed),
    );
  if (!parts) return unreadable;
  const [, before = '', digits = '', after = ''] = parts;
  if (before && after) return unreadable;
  const word = before || after;
  const currencies = word ? currenciesOf(word) : null;
  if (word && !currencies) return unreadable;

  const whole = digits.replace(withoutCents, '');
  const readings = whole === digits ? readingsOf(digits) : [groupedOf(whole)];
  const [first, second] = [...new Set(readings.map((reading) => reading && canonical(reading)))].filter(
    (reading) => typeof reading === 'string',
  );
  if (first === undefined) return unreadable;
  if (second === undefined) return { kind: 'amount', amount: first, currencies };
  return { kind: 'choice', readings: [first, second], proposal: nearer(first, second, near), currencies };
}

/** Returns a decimal string of the wire as a person types it, so that it has one reading only. */
export function writeAmount(amount: string, mark: string): string {
  const [whole = '', fraction] = amount.split('.');
  if (fraction === undefined) return whole;
  // Three decimals could be read as thousands.
  return `${whole}${mark}${fraction.length === 3 ? `${fraction}0` : fraction}`;
}

const nothing = null;

/** Returns the readings of digits with marks: as a fraction, as groups of thousands. */
function readingsOf(digits: string): (string | null)[] {
  return [fractionOf(digits), groupedOf(digits)];
}

/** Reads the last mark as the decimal one. What stands before it may be grouped by another mark. */
function fractionOf(digits: string): string | null {
  const at = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (at < 0) return groupedOf(digits);
  const [before, mark, after] = [digits.slice(0, at), digits.charAt(at), digits.slice(at + 1)];
  if (before.includes(mark) || !/^\d*$/.test(after) || (before === '' && after === '')) return nothing;
  const whole = before === '' ? '0' : groupedOf(before);
  return whole === null ? nothing : `${whole}.${after}`;
}

/** Reads all marks as separators of thousands, of which there is one kind; Indian groups of two are known. */
function groupedOf(digits: string): string | null {
  if (/^\d+$/.test(digits)) return digits;
  const isGrouped =
    /^[1-9]\d{0,2}([.,' ])\d{3}(?:\1\d{3})*$/.test(digits) || /^[1-9]\d?(?:,\d{2})+,\d{3}$/.test(digits);
  return isGrouped ? digits.replace(/[.,' ]/g, '') : nothing;
}

/** Returns the wire's form without superfluous zeros; null if it is too large or too fine. */
function canonical(reading: string): string | null {
  const [whole = '', fraction = ''] = reading.split('.');
  const [units, decimals] = [whole.replace(/^0+(?=\d)/, ''), fraction.replace(/0+$/, '')];
  if (units.length > 12 || decimals.length > 4) return null;
  return decimals ? `${units}.${decimals}` : units;
}

/** Returns the reading nearer to the evidence by factor, if it is within a factor of ten. */
function nearer(first: string, second: string, near: string | null): string | null {
  const evidence = Number(near ?? 0);
  if (!(evidence > 0)) return null;
  const distance = (reading: string) => Math.abs(Math.log(Number(reading) / evidence));
  const best = distance(first) <= distance(second) ? first : second;
  return distance(best) <= Math.log(10) ? best : null;
}
