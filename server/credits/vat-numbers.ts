import { isCountryCode } from '#server/common/countries.ts';

/** The forms of VAT numbers in the EU, after the prefix, as the EU's VIES lists them. Greece writes itself EL. */
const forms: Readonly<Record<string, string>> = {
  ...{ AT: 'U\\d{8}', BE: '[01]\\d{9}', BG: '\\d{9,10}', CY: '\\d{8}[A-Z]', CZ: '\\d{8,10}', DE: '\\d{9}' },
  ...{ DK: '\\d{8}', EE: '\\d{9}', EL: '\\d{9}', ES: '(?:[A-Z]\\d{7}[A-Z0-9]|\\d{8}[A-Z])', FI: '\\d{8}' },
  ...{ FR: '[A-HJ-NP-Z0-9]{2}\\d{9}', HR: '\\d{11}', HU: '\\d{8}', IE: '\\d[A-Z0-9]\\d{5}[A-Z]{1,2}' },
  ...{ IT: '\\d{11}', LT: '(?:\\d{9}|\\d{12})', LU: '\\d{8}', LV: '\\d{11}', MT: '\\d{8}' },
  ...{ NL: '\\d{9}B\\d{2}', PL: '\\d{10}', PT: '\\d{9}', RO: '\\d{2,10}', SE: '\\d{12}', SI: '\\d{8}' },
  SK: '\\d{10}',
};

/** Elsewhere numbers differ too much for a form. */
const anyForm = '(?=(?:.*\\d){5})[A-Z0-9]{7,12}';

const hasForm = (number: string, form: string): boolean => new RegExp(`^${form}$`).test(number);

/** Returns whether a number without its own country's prefix begins with that of another country. */
function isForeign(plain: string): boolean {
  const [prefix, number] = [plain.slice(0, 2), plain.slice(2)];
  const form = forms[prefix];
  if (form !== undefined && hasForm(number, form)) return true;
  return /^\d/.test(number) && (form !== undefined || prefix === 'XI' || isCountryCode(prefix));
}

/** Returns a VAT number without separators, with its country before it; null if it can't be one of that country. */
export function readVatId(typed: string, country: string): string | null {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const prefix = country === 'GR' ? 'EL' : country;
  const isPrefixed = plain.startsWith(prefix);
  if (!isPrefixed && isForeign(plain)) return null;
  const number = isPrefixed ? plain.slice(prefix.length) : plain;
  return hasForm(number, forms[prefix] ?? anyForm) ? prefix + number : null;
}
