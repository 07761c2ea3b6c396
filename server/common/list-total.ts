import type { Money } from './money.ts';

/** What lines cost at the lowest list price of each; as in the API. */
export interface ListTotal {
  about: Money | null;
  conversion: { currency: string; date: string; source: string; oldBefore: string } | null;
  lines: number;
  withoutPrice: number;
  withoutRate: number;
  byCurrency: { lines: number; total: Money }[];
}
