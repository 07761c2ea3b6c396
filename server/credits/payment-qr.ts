import encodeQR from 'qr';
import { isIban } from '#server/platform/payee.ts';
import type { PaymentQr } from './schema.ts';

export interface Transfer {
  payee: string;
  account: string;
  amount: { amount: string; currency: string };
  reference: string;
  purpose: string;
}

/** Returns the QR code of a transfer; null where no standard fits its currency and account. */
export function paymentQr(transfer: Transfer): PaymentQr | null {
  const { currency } = transfer.amount;
  if (currency === 'EUR' && isIban(transfer.account)) return drawn('EPC069-12', epcText(transfer));
  if (currency === 'RSD') return drawn('NBS IPS', ipsText(transfer));
  return null;
}

const drawn = (standard: PaymentQr['standard'], data: string): PaymentQr => ({
  ...{ standard, data },
  // Both standards ask for level M, and the quiet zone belongs to the code.
  svg: encodeQR(data, 'svg', { ecc: 'medium', border: 4 }),
});

/** EPC069-12 version 002: lines in a fixed order, UTF-8, without a BIC. */
const epcText = ({ payee, account, amount, reference }: Transfer): string =>
  ['BCD', '002', '1', 'SCT', '', payee, account, `EUR${amount.amount}`, '', '', reference].join('\n');

/** NBS IPS (nbs.rs/QRcode): tags between bars, none empty; 221 pays for goods and services, 00 is a reference without check digits. */
const ipsText = ({ payee, account, amount, reference, purpose }: Transfer): string =>
  [
    ...['K:PR', 'V:01', 'C:1', `R:${account}`, `N:${withoutBars(payee)}`],
    ...[
      `I:RSD${amount.amount.replace('.', ',')}`,
      'SF:221',
      `S:${withoutBars(purpose)}`,
      `RO:00${reference}`,
    ],
  ].join('|');

const withoutBars = (text: string): string => text.replaceAll('|', ' ').trim();
