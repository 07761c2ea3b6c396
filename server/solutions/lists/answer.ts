import * as catalog from '#server/catalog/service.ts';
import { compactCode } from '#server/platform/fold.ts';
import type { StoredOffer, StoredProduct } from '../rules.ts';
import type { CodeRow, CodeRows } from '../schema.ts';
import type { Matched, Outcome } from './adding.ts';
import { maxCandidates } from './codes/queries.ts';
import type { Match } from './matching.ts';

const longestInput = 1_000;

/** Returns what became of each row. */
export function codeRowsWire({ matches, added }: Outcome, shared: Matched): CodeRows {
  const rows = matches.map((match) => rowWire(match, added, shared));
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

function rowWire(match: Match, added: Outcome['added'], shared: Matched): CodeRow {
  const { read } = match.wanted;
  const about = {
    row: read.row,
    input: read.raw.slice(0, longestInput),
    code: read.code,
    quantity: read.quantity,
    quantityText: read.typed,
  };
  switch (match.status) {
    case 'found': {
      const { lineId = null, offers = [], joins } = added.get(read.row) ?? {};
      const asked = {
        product: productWire(match.product),
        offers: offers.map(offerWire),
        ...(joins && { joins }),
      };
      return lineId === null
        ? { ...about, status: 'matched', ...asked }
        : { ...about, status: 'added', ...asked, lineId };
    }
    case 'unclear':
      return {
        ...about,
        status: 'refused',
        reason: match.reason,
        ...(match.product && { product: productWire(match.product) }),
        ...match.packs,
      };
    case 'choose':
      return { ...about, status: 'ambiguous', candidates: candidatesOf(match.candidates, shared) };
    case 'not_found':
      return { ...about, status: 'not_found', candidates: nearTo(read.code, shared) };
    case 'skipped':
      return match.reason === 'heading'
        ? { ...about, status: 'header' }
        : { ...about, status: 'skipped', reason: match.reason };
  }
}

export const productWire = (product: StoredProduct) => ({
  id: String(product.id),
  slug: catalog.slugOf(product.name),
  code: product.code,
  name: product.name,
});

export const offerWire = ({ id, sku, vendor }: StoredOffer) => ({
  id: String(id),
  sku,
  vendor: { id: String(vendor.id), name: vendor.name },
});

/** Returns products with similar codes. */
export const nearTo = (code: string, shared: Matched) =>
  candidatesOf(shared.near.get(compactCode(code)) ?? [], shared);

export function candidatesOf(
  ids: readonly number[],
  { products }: Matched,
): NonNullable<CodeRow['candidates']> {
  return ids
    .map((id) => products.get(id))
    .filter((product) => product !== undefined)
    .slice(0, maxCandidates)
    .map((product) => ({
      ...productWire(product),
      vendors: [...new Set(product.offers.map((offer) => offer.vendor.name))],
    }));
}
