import type { CodeRow, ListRow } from '#lib/api/schema.d.ts';
import { readQuantity } from '#lib/solution/quantities.ts';

export type Choice = NonNullable<ListRow['choices']>[number];

/** The first products that a search for a row found, and how many there are. */
export type Found = { q: string; total: number; choices: readonly Choice[] };

/** A row of a list that needs another look, as it is in the form. */
export type OpenRow = {
  /** Counted in the list as it was entered. */
  row: number;
  input: string;
  /** What its column of names says; empty if nothing does. */
  name: string;
  code: string;
  quantity: string;
  state: 'choose' | 'unclear' | 'not_found';
  reason?: string | undefined;
  product?: { name: string } | undefined;
  choices: readonly Choice[];
  found?: Found | undefined;
  /** The product that is chosen in the form. */
  chosen?: string | undefined;
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
  'code_missing',
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
    name: row.name ?? '',
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
    name: entered?.name ?? '',
    found: entered?.found,
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
export type EnteredRow = {
  row: number;
  input: string;
  name: string;
  code: string;
  quantity: string;
  productId?: string;
  found?: Found;
};

/**
 * Returns the rows of the form of open rows: fields `row`, `input`, `name`, `code`, `quantity` repeat, `product-<row>`
 * chooses, `found-<row>` is what a search found. `take-<row>` is the quantity that the page offered; what somebody typed after ticking it is meant instead.
 */
export function enteredRows(form: FormData): EnteredRow[] {
  const all = (name: string) => form.getAll(name).map(String);
  const [inputs, names, codes, quantities] = [all('input'), all('name'), all('code'), all('quantity')];
  const [oldCodes, oldQuantities] = [all('was-code'), all('was-quantity')];
  return all('row').map((row, index) => {
    const productId = form.get(`product-${row}`);
    const isAsPrinted = codes[index] === oldCodes[index] && quantities[index] === oldQuantities[index];
    const found = foundIn(form.get(`found-${row}`));
    const taken = isAsPrinted ? form.get(`take-${row}`) : null;
    return {
      row: Number(row),
      input: inputs[index] ?? '',
      name: names[index] ?? '',
      code: codes[index] ?? '',
      quantity: String(taken ?? quantities[index] ?? ''),
      ...(productId && { productId: String(productId) }),
      ...(found && { found }),
    };
  });
}

/**
 * Returns how many rows of the form of open rows are completed by a choice, of a product or of the quantity that was
 * offered, and whether others were typed into: only reading them again shows what those become.
 */
export function completedRows(form: FormData): { chosen: number; corrected: boolean } {
  const rows = enteredRows(form);
  const [oldCodes, oldQuantities] = [form.getAll('was-code'), form.getAll('was-quantity')];
  const isChosen = ({ row, productId, quantity }: EnteredRow) =>
    (productId !== undefined || form.has(`take-${row}`)) && readQuantity(quantity) !== null;
  const isCorrected = (entered: EnteredRow, index: number) =>
    !isChosen(entered) &&
    entered.code.trim() !== '' &&
    (entered.code !== oldCodes[index] || entered.quantity !== oldQuantities[index]);
  return { chosen: rows.filter(isChosen).length, corrected: rows.some(isCorrected) };
}

/** Reads what the form brings back of an earlier search, so that it is shown again without asking for it again. */
function foundIn(written: FormDataEntryValue | null): Found | null {
  if (typeof written !== 'string' || written === '') return null;
  try {
    const { q, total, choices } = JSON.parse(written) as Found;
    return { q: String(q), total: Number(total), choices: Array.isArray(choices) ? choices : [] };
  } catch {
    return null;
  }
}
