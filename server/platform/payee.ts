/** Whom top-ups are paid to, and where. */
export interface PayeeConfig {
  /** As banks know the account's holder. */
  name: string;
  /** Lines of the address on invoices. */
  address: readonly string[];
  /** The VAT number on invoices; null: none. */
  vatId: string | null;
  /** By currency: an IBAN, or for dinars the 18 digits of a Serbian account. */
  accounts: ReadonlyMap<string, string>;
  /** ISO 3166 code of the country whose VAT the payee charges. */
  country: string;
  /** Percent, as a decimal string. */
  vatRate: string;
}

/** The account of the IBAN register's example, which nobody owns. */
const demo = {
  name: 'Quoteline demo',
  address: 'Bulevar oslobođenja 100; 21000 Novi Sad; Serbia',
  vatId: 'RS100000000',
  accounts: 'EUR RS35260005601001611379, RSD 260005601001611379',
};

/** Returns undefined without PAYEE_ACCOUNTS: then nothing is paid by bank transfer. Adds what is wrong to `problems`. */
export function readPayee(
  get: (name: string) => string | undefined,
  mode: 'demo' | 'production',
  problems: string[],
): PayeeConfig | undefined {
  const listed = get('PAYEE_ACCOUNTS') ?? (mode === 'demo' ? demo.accounts : undefined);
  if (listed === undefined) return undefined;
  const name = get('PAYEE_NAME') ?? (mode === 'demo' ? demo.name : '');
  if (name === '' || name.length > 70) problems.push('PAYEE_NAME must have 1 to 70 characters');
  const accounts = new Map<string, string>();
  for (const entry of listed.split(',')) {
    const [currency = '', ...groups] = entry.trim().split(/\s+/);
    const account = groups.join('').toUpperCase();
    const isRight = currency === 'RSD' ? /^\d{18}$/.test(account) : isIban(account);
    if (!/^[A-Z]{3}$/.test(currency) || !isRight)
      problems.push(`PAYEE_ACCOUNTS: "${entry.trim()}" is not like "EUR DE89 3704 0044 0532 0130 00"`);
    accounts.set(currency, account);
  }
  const country = get('VAT_COUNTRY') ?? 'RS';
  if (!/^[A-Z]{2}$/.test(country)) problems.push('VAT_COUNTRY must be a country code like RS');
  const vatRate = get('VAT_RATE') ?? '20';
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(vatRate)) problems.push('VAT_RATE must be percent like 20');
  const ofDemo = (text: string) => (mode === 'demo' ? text : undefined);
  const address = (get('PAYEE_ADDRESS') ?? ofDemo(demo.address) ?? '').split(';').map((line) => line.trim());
  const vatId = get('PAYEE_VAT_ID') ?? ofDemo(demo.vatId) ?? null;
  return { name, address: address.filter((line) => line !== ''), vatId, accounts, country, vatRate };
}

/** Checks form and check digits (ISO 13616). */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  const moved = text.slice(4) + text.slice(0, 4);
  return BigInt([...moved].map((sign) => parseInt(sign, 36)).join('')) % 97n === 1n;
}
