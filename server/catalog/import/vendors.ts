import { isCountryCode } from '#server/common/countries.ts';
import { isTimeZone } from '#server/common/zones.ts';
import { foldForIndex } from '#server/platform/fold.ts';
import { isSupported } from '#server/common/money.ts';
import type { ImportedVendor } from '#server/vendors/service.ts';
import { type CsvRow, readCsv, valueOf } from './csv.ts';
import { type RefusedRow, RowRefused } from './refusal.ts';
import { cleanLine, cleanText } from './text.ts';

const slugForm = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u;
const emailForm = /^[^\s@<>"(),:;]{1,64}@[^\s@<>"(),:;]+\.[^\s@<>"(),:;.]+$/;
const longestName = 200;

/** Reads vendors.csv. With a mail domain, vendors without an address get `<slug>@<domain>`. */
export async function readVendors(
  file: string,
  mailDomain: string | undefined,
  onRefused: (refused: RefusedRow) => void,
): Promise<ImportedVendor[]> {
  const vendors = new Map<string, ImportedVendor>();
  await readCsv(file, ['id', 'name'], onRefused, (row) => {
    const vendor = vendorOf(row, mailDomain);
    if (vendors.has(vendor.slug)) throw new RowRefused(`id "${vendor.slug}" occurs twice`);
    vendors.set(vendor.slug, vendor);
  });
  return [...vendors.values()];
}

function vendorOf(row: CsvRow, mailDomain: string | undefined): ImportedVendor {
  const slug = valueOf(row, 'id');
  if (!slug || !slugForm.test(slug)) {
    throw new RowRefused(`id "${slug ?? ''}" is not made of letters, digits, dots and dashes`);
  }
  const name = cleanLine(valueOf(row, 'name') ?? '');
  if (!name) throw new RowRefused('name is missing');
  if (name.length > longestName) throw new RowRefused(`name is longer than ${longestName} characters`);
  const email = checked(row, 'email', isEmail);
  return {
    slug,
    name,
    nameFolded: foldForIndex(name),
    kind: lineOf(row, 'kind'),
    description: cleanText(valueOf(row, 'description') ?? '') || null,
    email,
    emailOtherwise: mailDomain && isEmail(`${slug}@${mailDomain}`) ? `${slug}@${mailDomain}` : null,
    phone: lineOf(row, 'phone'),
    country: checked(row, 'country', isCountryCode),
    currency: checked(row, 'currency', isSupported),
    timeZone: checked(row, 'timezone', isTimeZone),
    locale: checked(row, 'locale', (locale) => /^[a-z]{2}(-[A-Za-z0-9]+)*$/.test(locale)),
  };
}

function lineOf(row: CsvRow, column: string): string | null {
  return cleanLine(valueOf(row, column) ?? '') || null;
}

function checked(row: CsvRow, column: string, isGood: (value: string) => boolean): string | null {
  const value = valueOf(row, column);
  if (value !== null && !isGood(value)) throw new RowRefused(`${column} "${value}" is not valid`);
  return value;
}

/** Checks an e-mail address roughly; mail servers decide. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && emailForm.test(text);
}
