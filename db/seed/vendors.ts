import { parseCsv, sourceText } from './text.ts';

export interface Vendor {
  id: string;
  name: string;
  kind: string;
  email: string;
  country: string;
  currency: string;
  timezone: string;
  locale: string;
  phone: string;
  description: string;
  /** The pattern of its SKUs; # is a digit. */
  skuPattern: string;
}

/** Returns a function that generates numbers of a country's fictional range. */
export function phoneBook(): (country: string) => string {
  const ranges = new Map(parseCsv(sourceText('phones.csv')).map((row) => [row.country!, row]));
  const given = new Map<string, number>();
  return (country) => {
    const range = ranges.get(country);
    if (!range) throw new Error(`no fictional telephone range for ${country}`);
    const digits = Number(range.digits);
    // With gaps, so that they look like numbers of different companies.
    const number = (10 ** digits / 5 + 7 * (given.get(country) ?? 0)) % 10 ** digits;
    given.set(country, (given.get(country) ?? 0) + 1);
    return range.prefix + String(number).padStart(digits, '0');
  };
}

export function readVendors(nextPhone: (country: string) => string): Vendor[] {
  return parseCsv(sourceText('vendors.csv')).map((row) => ({
    id: row.id!,
    name: row.name!,
    kind: row.kind!,
    email: `${row.mailbox}@${row.id}.example`,
    country: row.country!,
    currency: row.currency!,
    timezone: row.timezone!,
    locale: row.locale!,
    phone: nextPhone(row.country!),
    description: row.description!,
    skuPattern: row.sku!,
  }));
}
