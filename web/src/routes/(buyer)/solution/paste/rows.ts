import type { CodeRow } from '#lib/api/schema.d.ts';

/** A row of a list that needs another look, as it is in the form. */
export type Given = {
  /** Counted in the list as it was first entered. */
  row: number;
  input: string;
  code: string;
  quantity: string;
  productId?: string;
  answer?: CodeRow;
};

/**
 * Returns the rows of the form of open rows: fields `row`, `input`, `code`, `quantity` repeat, `product-<row>`
 * chooses.
 */
export function givenRows(form: FormData): Given[] {
  const all = (name: string) => form.getAll(name).map(String);
  const [inputs, codes, quantities] = [all('input'), all('code'), all('quantity')];
  return all('row').map((row, index) => {
    const productId = form.get(`product-${row}`);
    return {
      row: Number(row),
      input: inputs[index] ?? '',
      code: codes[index] ?? '',
      quantity: quantities[index] ?? '',
      ...(productId && { productId: String(productId) }),
    };
  });
}
