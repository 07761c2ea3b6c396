import type { CodeRow, ListRow } from '#lib/api/schema.d.ts';

type Choice = NonNullable<ListRow['choices']>[number];

/** A row of a list that needs another look, as it is in the form. */
export type OpenRow = {
  /** Counted in the list as it was entered. */
  row: number;
  input: string;
  code: string;
  quantity: string;
  state: 'choose' | 'unclear' | 'not_found';
  reason?: string | undefined;
  product?: { name: string } | undefined;
  choices: readonly Choice[];
  minimum?: number | undefined;
  packSize?: number | undefined;
};

/** Why a quantity is shown as it was typed: people correct it. In all other doubts a number would be a guess. */
const correctable: ReadonlySet<string | undefined> = new Set([
  'quantity_not_a_number',
  'quantity_not_positive',
  'quantity_not_whole',
  'quantity_unclear',
  'quantity_too_large',
  'quantity_not_sellable',
]);

/** Returns the row of a list that was read, if somebody must look at it. */
export function openRow(row: ListRow): OpenRow | null {
  const { state, reason, choices = [], product, minimum, packSize } = row;
  if (state === 'ready' || state === 'skipped') return null;
  const quantity =
    state !== 'unclear' ? (row.quantity ?? '') : correctable.has(reason) ? row.quantityText : '';
  return {
    row: row.row,
    input: row.raw,
    code: row.code,
    quantity,
    state,
    reason,
    product,
    choices,
    minimum,
    packSize,
  };
}

/** Returns the row that an addition left open, with what was entered. */
export function stillOpen(row: CodeRow, entered: EnteredRow | undefined, raw: string): OpenRow {
  const states = { ambiguous: 'choose', not_found: 'not_found' } as const;
  const state = row.status === 'ambiguous' || row.status === 'not_found' ? states[row.status] : 'unclear';
  const quantity = entered?.quantity ?? (row.quantity === null ? row.quantityText : String(row.quantity));
  const { reason, product, candidates: choices = [], minimum, packSize } = row;
  return {
    row: row.row,
    input: raw,
    code: row.code,
    quantity,
    state,
    reason,
    product,
    choices,
    minimum,
    packSize,
  };
}

/** A row as somebody entered it in the form of open rows. */
export type EnteredRow = { row: number; input: string; code: string; quantity: string; productId?: string };

/**
 * Returns the rows of the form of open rows: fields `row`, `input`, `code`, `quantity` repeat, `product-<row>`
 * chooses. `take-<row>` is the quantity that the page offered; what somebody typed after ticking it is meant instead.
 */
export function enteredRows(form: FormData): EnteredRow[] {
  const all = (name: string) => form.getAll(name).map(String);
  const [inputs, codes, quantities] = [all('input'), all('code'), all('quantity')];
  const [oldCodes, oldQuantities] = [all('was-code'), all('was-quantity')];
  return all('row').map((row, index) => {
    const productId = form.get(`product-${row}`);
    const isAsPrinted = codes[index] === oldCodes[index] && quantities[index] === oldQuantities[index];
    const taken = isAsPrinted ? form.get(`take-${row}`) : null;
    return {
      row: Number(row),
      input: inputs[index] ?? '',
      code: codes[index] ?? '',
      quantity: String(taken ?? quantities[index] ?? ''),
      ...(productId && { productId: String(productId) }),
    };
  });
}
