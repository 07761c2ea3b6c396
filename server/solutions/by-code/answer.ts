import * as catalog from '#server/catalog/service.ts';
import { fold } from '#server/platform/fold.ts';
import type { StoredProduct } from '../rules.ts';
import type { CodeRow, CodeRows } from '../schema.ts';
import type { Match } from './matching.ts';
import { maxCandidates } from './queries.ts';
import type { Row } from './reading.ts';

/** What a row's answer is made of, beside the match itself. */
export interface Known {
  lineIds: ReadonlyMap<Row, string>;
  /** Folded code -> products with codes like it. */
  near: ReadonlyMap<string, number[]>;
  products: ReadonlyMap<number, StoredProduct>;
}

export function codeRowsWire(matches: readonly Match[], known: Known): CodeRows {
  const rows = matches.map((match) => rowWire(match, known));
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

function rowWire(match: Match, known: Known): CodeRow {
  const { row, reading } = match;
  const lineId = known.lineIds.get(row);
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
      return { ...about, status: 'ambiguous', candidates: candidates(match.candidates, known) };
    case 'not_found':
      return {
        ...about,
        status: 'not_found',
        candidates: candidates(known.near.get(fold(reading.code)) ?? [], known),
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

function candidates(ids: readonly number[], { products }: Known): NonNullable<CodeRow['candidates']> {
  return ids
    .map((id) => products.get(id))
    .filter((product) => product !== undefined)
    .slice(0, maxCandidates)
    .map((product) => ({
      ...productWire(product),
      vendors: [...new Set(product.offers.map((offer) => offer.vendor.name))],
    }));
}
