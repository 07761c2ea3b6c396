import { Buffer } from 'node:buffer';
import type { ColumnKind } from './words/headings.ts';
import type { Matched, Outcome } from './adding.ts';
import { candidatesOf, nearTo, offerWire, productWire } from './answer.ts';
import type { Match } from './matching.ts';
import type { ColumnRole, List, ListRow } from './schema.ts';
import type { Understood } from './understand.ts';

const longestRaw = 1_000;
const longestName = 200;

/** Returns a list as it was understood. */
export function listWire(
  id: string,
  { document, reading }: Understood,
  { matches, added }: Outcome,
  shared: Matched,
  roles: ReadonlyMap<number, ColumnRole> | null,
): List {
  const rows = matches.map((match) => rowWire(match, added, shared));
  return {
    id,
    format: { encoding: document.encoding, separator: document.separator, headingRow: reading.headingRow },
    columns: reading.columns.map(({ index, heading, kind, sample }) => ({
      index,
      heading,
      role: roles ? (roles.get(index) ?? 'ignored') : roleOf(kind),
      sample,
    })),
    rows,
    questions: questionsOf(rows, reading.ones),
  };
}

const roles: Partial<Record<ColumnKind, ColumnRole>> = {
  ...{ code: 'code', quantity: 'quantity', unit: 'unit', name: 'name', note: 'note', vendor: 'vendor' },
};
const roleOf = (kind: ColumnKind | null): ColumnRole => (kind && roles[kind]) ?? 'ignored';

function rowWire(match: Match, added: Outcome['added'], shared: Matched): ListRow {
  const { read } = match.wanted;
  const about = {
    row: read.row,
    raw: Buffer.byteLength(read.raw) > longestRaw ? read.raw.slice(0, longestRaw).toWellFormed() : read.raw,
    code: read.code,
    quantity: read.quantity === null ? null : String(read.quantity),
    quantityText: read.typed,
    ...(read.name && { name: read.name.slice(0, longestName).toWellFormed() }),
  };
  switch (match.status) {
    case 'found': {
      const { offers = [], joins } = added.get(read.row) ?? {};
      // Other rows of the same product may have named other partners.
      const offer = offers.find((each) => match.named.includes(each)) ?? offers[0];
      const reachable = new Set(
        match.product.offers.filter(({ vendor }) => vendor.email !== null).map(({ vendor }) => vendor.id),
      );
      return {
        ...{ ...about, state: 'ready', product: productWire(match.product), vendors: reachable.size },
        ...(offer && { offer: offerWire(offer) }),
        ...(read.note && { note: read.note }),
        ...(joins && { joins }),
        ...(joins?.position && { asks: offers.map(({ vendor }) => vendor.name) }),
      };
    }
    case 'unclear':
      return {
        ...{ ...about, state: 'unclear', reason: match.reason },
        ...(match.product && { product: productWire(match.product) }),
        ...match.packs,
      };
    case 'choose': {
      const choices = candidatesOf(match.candidates, shared);
      return { ...about, state: 'choose', ...(match.reason && { reason: match.reason }), choices };
    }
    case 'not_found':
      return { ...about, state: 'not_found', choices: nearTo(read.code, shared) };
    case 'skipped':
      return { ...about, state: 'skipped', reason: match.reason };
  }
}

/** Reasons that a person decides once for all rows. */
const messages: Readonly<Record<string, string>> = {
  quantity_column_unknown: 'Which column holds the quantities? Nothing is added before you choose it.',
  quantity_columns_differ: 'Several columns may hold the quantity. Choose one.',
  quantity_or_position: 'These numbers may be positions rather than quantities.',
  unit_differs: 'These rows are in another unit than the one the product is sold in.',
};

function questionsOf(rows: readonly ListRow[], ones: readonly number[]): List['questions'] {
  const ready = new Set(rows.filter(({ state }) => state === 'ready').map(({ row }) => row));
  const assumed = ones.filter((row) => ready.has(row));
  const none = {
    code: 'no_quantities',
    rows: assumed,
    message: 'The list has no quantities: one of each is meant.',
  };
  const asked = Object.entries(messages).map(([code, message]) => ({
    ...{ code, message },
    rows: rows.filter(({ reason }) => reason === code).map(({ row }) => row),
  }));
  return [none, ...asked].filter((question) => question.rows.length > 0);
}
