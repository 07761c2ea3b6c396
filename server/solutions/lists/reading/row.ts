import type { QuantityDoubt } from './columns.ts';
import type { Line } from './delimited.ts';
import type { QuantityReason } from './quantity.ts';

export type SkipReason =
  'heading' | 'above_headings' | 'total' | 'group' | 'text' | 'do_not_populate' | 'cancelled';
export type RowDoubt =
  QuantityReason | QuantityDoubt | 'quantity_missing' | 'code_missing' | 'codes_differ' | 'code_or_quantity';

/** A row as it was understood. */
export interface ReadRow {
  row: number;
  raw: string;
  /** As written, cleaned; empty if there is none. */
  code: string;
  /** Ids of products with this code. */
  ids: number[];
  /** Null if it isn't known or not written. A list without quantities has 1 in each row. */
  quantity: number | null;
  /** The quantity as written; empty if there is none. */
  typed: string;
  unit: string | null;
  /** What names the product, without its code; empty if no cell does. */
  name: string;
  /** The partner named in the row. */
  vendor: string;
  /** For the line's partners. */
  note: string;
  skipped: SkipReason | null;
  /** Why the quantity or the code isn't certain. */
  doubt: RowDoubt | null;
}

export const blank = ({ row, raw }: Line): ReadRow => ({
  ...{
    row,
    raw,
    code: '',
    ids: [],
    quantity: null,
    typed: '',
    unit: null,
    name: '',
    vendor: '',
    note: '',
    skipped: null,
    doubt: null,
  },
});
