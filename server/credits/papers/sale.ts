import { parseCredit } from '#server/common/credits.ts';
import type { vatRules } from '#server/common/enums/credits.ts';
import type { Money } from '#server/common/money.ts';
import type { PayeeConfig } from '#server/platform/payee.ts';
import type { Paper } from '#server/platform/pdf/paper.ts';
import type { PaperLanguage } from './language.ts';

/** Who sells credit, as it stood when a paper was made. */
export interface Seller {
  name: string;
  address: readonly string[];
  vatId: string | null;
}

/** Who buys it. `billTo`: name and address, as they typed it. */
export interface Customer {
  billTo: string;
  country: string;
  vatId: string | null;
}

/** Credit that is sold, or taken back. */
export interface Sale {
  /** A decimal string. */
  credits: string;
  price: Money;
  net: Money;
  vat: Money;
  total: Money;
  vatRule: (typeof vatRules)[number];
  vatRate: string;
}

export const sellerOf = ({ name, address, vatId }: PayeeConfig): Seller => ({ name, address, vatId });

export function partiesOf(seller: Seller, customer: Customer, language: PaperLanguage): Paper['parties'] {
  const { t, country } = language;
  const vatLine = (number: string | null) => (number === null ? '' : t('vatId', { number }));
  return [
    { label: t('seller'), lines: [seller.name, ...seller.address, vatLine(seller.vatId)] },
    {
      label: t('buyer'),
      lines: [...customer.billTo.split('\n'), country(customer.country), vatLine(customer.vatId)],
    },
  ];
}

/** Returns the table of a sale with its sums. */
export function saleTable(
  sale: Sale,
  { t, credit, money, number }: PaperLanguage,
): Pick<Paper, 'columns' | 'rows' | 'sums'> {
  const isReversed = sale.vatRule === 'reverse_charge';
  return {
    columns: [
      { label: t('what') },
      ...[t('credits'), t('price'), t('net')].map((label) => ({ label, isShort: true, isNumber: true })),
    ],
    rows: [[t('supportCredit'), credit(parseCredit(sale.credits)), money(sale.price), money(sale.net)]],
    sums: [
      { label: t('net'), value: money(sale.net) },
      {
        label: isReversed ? t('reverseCharge') : t('vat', { rate: number(Number(sale.vatRate)) }),
        value: money(sale.vat),
      },
      { label: t('total'), value: money(sale.total), isTotal: true },
    ],
  };
}

export const reverseChargeNote = ({ vatRule }: Sale, { t }: PaperLanguage): string[] =>
  vatRule === 'reverse_charge' ? [t('reverseChargeNote')] : [];
