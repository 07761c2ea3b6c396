import * as catalog from '#server/catalog/service.ts';
import { fold } from '#server/platform/fold.ts';
import type { StoredProduct } from '../rules.ts';
import type { CodeRow, CodeRows } from '../schema.ts';
import type { Match } from './matching.ts';
import { maxCandidates } from './queries.ts';
import type { Row } from './reading.ts';

/** Data shared by the answers of all rows. */
export interface SharedData {
  lineIds: ReadonlyMap<Row, string>;
  /** Product ids of similar codes, by folded code. */
  near: ReadonlyMap<string, number[]>;
  products: ReadonlyMap<number, StoredProduct>;
}

export function codeRowsWire(matches: readonly Match[], shared: SharedData): CodeRows {
  const rows = matches.map((match) => rowWire(match, shared));
  const count = (...statuses: CodeRow['status'][]) =>
    rows.filter((row) => statuses.includes(row.status)).length;
  return {
    rows,
    counts: {
      added: count('added', 'matched'),
      ambiguous: count('ambiguous'),
      notFound: count('not_found'),
      refused: count('refused'),
    },
  };
}

function rowWire(match: Match, shared: SharedData): CodeRow {
  const { row, reading } = match;
  const lineId = shared.lineIds.get(row);
  const about = {
    row: row.row,
    input: row.input,
    code: reading.code,
    quantity: typeof reading.quantity === 'number' ? reading.quantity : null,
    quantityText: reading.typed,
  };
  switch (match.status) {
    case 'found':
      return lineId === undefined
        ? { ...about, status: 'matched', product: productWire(match.product) }
        : { ...about, status: 'added', product: productWire(match.product), lineId };
    case 'refused':
      return {
        ...about,
        status: 'refused',
        reason: match.reason,
        product: productWire(match.product),
        ...match.packs,
      };
    case 'ambiguous':
      return { ...about, status: 'ambiguous', candidates: candidates(match.candidates, shared) };
    case 'not_found':
      return {
        ...about,
        status: 'not_found',
        candidates: candidates(shared.near.get(fold(reading.code)) ?? [], shared),
      };
    case 'header':
      return { ...about, status: 'header' };
  }
}

const productWire = (product: StoredProduct) => ({
  id: String(product.id),
  slug: catalog.slugOf(product.name),
  code: product.code,
  name: product.name,
});

function candidates(ids: readonly number[], { products }: SharedData): NonNullable<CodeRow['candidates']> {
  return ids
    .map((id) => products.get(id))
    .filter((product) => product !== undefined)
    .slice(0, maxCandidates)
    .map((product) => ({
      ...productWire(product),
      vendors: [...new Set(product.offers.map((offer) => offer.vendor.name))],
    }));
}
