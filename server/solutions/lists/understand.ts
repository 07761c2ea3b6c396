import type { Db } from '#db/client.ts';
import { refuse } from '../refusals.ts';
import { maxRowsByCode } from '../schema.ts';
import { findByKeys } from './codes/queries.ts';
import { candidateKeys } from './reading/candidates.ts';
import { catalogueOf } from './reading/catalogue.ts';
import { type Reading, readDocument } from './reading/decide.ts';
import type { Document } from './reading/document.ts';
import type { Roles } from './reading/roles.ts';

/** Headings, sums and blank rows come on top of what may be added. */
const mostLines = 2 * maxRowsByCode;

/** A document with what its rows mean. */
export interface Understood {
  document: Document;
  reading: Reading;
}

/**
 * Reads a document, or the one of several readings of a file in which the catalogue knows most codes. Refuses
 * `invalid_input` if it has more than `maxRowsByCode` rows.
 */
export async function understand(
  db: Db,
  documents: readonly Document[],
  roles: Roles | null = null,
): Promise<Understood> {
  const [first] = documents;
  if (!first) return { document: empty, reading: { rows: [], headingRow: null, columns: [], ones: [] } };
  if (first.lines.length > mostLines) throw tooMany();
  const possible = documents.filter(({ lines }) => lines.length <= mostLines);
  const keys = new Set(possible.flatMap((document) => [...candidateKeys(document)]));
  const catalogue = catalogueOf(await findByKeys(db, keys));
  const read = possible.map((document) => ({ document, reading: readDocument(document, catalogue, roles) }));
  const known = ({ reading }: Understood): number => reading.rows.filter(({ ids }) => ids.length > 0).length;
  const best = read.reduce((left, right) => (known(right) > known(left) ? right : left));
  if (best.reading.rows.filter(({ skipped }) => skipped === null).length > maxRowsByCode) throw tooMany();
  return best;
}

const empty: Document = { encoding: 'utf-8', separator: null, lines: [] };

function tooMany() {
  const message = `at most ${maxRowsByCode} rows at a time; nothing was added`;
  return refuse('invalid_input', { errors: [{ path: 'text', code: 'too_many_items', message }] });
}
