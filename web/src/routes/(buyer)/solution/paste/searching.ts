import type { ProductSummary } from '#lib/api/schema.d.ts';
import type { Choice, EnteredRow, Found, OpenRow } from './rows.ts';

/** So many products are offered for a row. */
export const mostFound = 5;

/** Returns what a search found, to choose from. */
export const foundFor = (q: string, items: readonly ProductSummary[], total: number): Found => ({
  q,
  total,
  choices: items.map(({ id, slug, code, name, offers }): Choice => {
    const vendors = [...new Set(offers.map(({ vendor }) => vendor.name))];
    return { id, slug, code, name, vendors };
  }),
});

/** Returns whether a row can be searched for: nothing in the catalogue has its code, or it has none. */
export const isSearchable = ({ state, reason }: OpenRow): boolean =>
  state === 'not_found' || reason === 'code_missing';

/** Returns what to search for at first: the row's name, without one its code. */
export const searchTextOf = ({ name, code, found }: OpenRow): string => found?.q ?? (name || code);

/** Returns the open rows of a form as they were entered in it, in its order. */
export function asEntered(open: readonly OpenRow[], entered: readonly EnteredRow[]): OpenRow[] {
  const byRow = new Map(open.map((row) => [row.row, row]));
  return entered.flatMap(({ row, code, quantity, productId, found }) => {
    const known = byRow.get(row);
    return known ? [{ ...known, code, quantity, chosen: productId, found }] : [];
  });
}
