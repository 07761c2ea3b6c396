import type { invoiceKinds } from '#server/common/enums/credits.ts';
import type { Changes } from '../rules.ts';

/** What an invoice or credit note is about; all amounts above zero. */
export interface Amounts {
  kind: (typeof invoiceKinds)[number];
  /** In 1/100 credit. */
  credits: bigint;
  /** In 1/10000 of the currency's unit. */
  net: bigint;
  vat: bigint;
}

/** Returns what a change of a top-up sold, or took back; null: neither. */
export function invoicedBy({
  issued,
  revenue,
  vat,
}: Pick<Changes, 'issued' | 'revenue' | 'vat'>): Amounts | null {
  if (issued === 0n) return null;
  return issued < 0n
    ? { kind: 'invoice', credits: -issued, net: revenue, vat }
    : { kind: 'credit_note', credits: issued, net: -revenue, vat: -vat };
}

const prefixes = { invoice: 'INV', credit_note: 'CN' } as const;

/** Returns a number such as "INV-26-00001". */
export const numberOf = (kind: Amounts['kind'], year: number, count: number): string =>
  `${prefixes[kind]}-${String(year % 100).padStart(2, '0')}-${String(count).padStart(5, '0')}`;
