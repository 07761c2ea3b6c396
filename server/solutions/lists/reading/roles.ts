import type { ColumnRole } from '../schema.ts';
import type { Catalogue } from './catalogue.ts';
import type { Layout } from './columns.ts';
import type { Line } from './delimited.ts';
import { readMeasured } from './quantity.ts';

/** Roles that a person gave to columns, by index. */
export type Roles = ReadonlyMap<number, ColumnRole>;

/**
 * Returns the layout that a person gave. Without a quantity column it is asked about while a column that nobody said to
 * ignore may hold the quantities.
 */
export function withRoles(
  layout: Layout,
  roles: Roles,
  lines: readonly Line[],
  catalogue: Catalogue,
): Layout {
  const by = (role: ColumnRole): number[] =>
    [...roles].filter(([, given]) => given === role).map(([index]) => index);
  const quantities = by('quantity');
  const isOpen = layout.kinds.some(
    (_, index) => roles.get(index) !== 'ignored' && holdsNumbers(index, lines, catalogue),
  );
  return {
    ...layout,
    codes: by('code'),
    quantities,
    unexplained: [],
    doubt: quantities.length === 0 && isOpen ? 'quantity_column_unknown' : null,
    unit: by('unit')[0] ?? null,
    name: by('name')[0] ?? null,
    vendor: by('vendor')[0] ?? null,
    note: by('note')[0] ?? null,
    kinds: layout.kinds.map((kind, index) => (roles.get(index) === 'ignored' ? 'other' : kind)),
  };
}

/** Returns whether most cells of a column are numbers, apart from codes of the catalogue. */
function holdsNumbers(index: number, lines: readonly Line[], catalogue: Catalogue): boolean {
  const cells = lines.map((line) => line.cells[index] ?? '').filter((cell) => cell !== '');
  const numbers = cells.filter((cell) => catalogue.find(cell).length === 0 && readMeasured(cell) !== null);
  return numbers.length * 2 > cells.length;
}
