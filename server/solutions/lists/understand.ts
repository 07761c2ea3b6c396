import type { Db } from '#db/client.ts';
import { refuse } from '../refusals.ts';
import { maxRowsByCode } from '../schema.ts';
import { findByKeys } from './codes/queries.ts';
import { candidateKeys, columnsOfCodes, isLarge, sampleOf, textsBeside } from './reading/candidates.ts';
import { type Catalogue, catalogueOf } from './reading/catalogue.ts';
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
  const catalogues = await cataloguesFor(db, possible);
  const read = [...catalogues].map(([document, catalogue]) => ({
    document,
    reading: readDocument(document, catalogue, roles),
  }));
  const known = ({ reading }: Understood): number => reading.rows.filter(({ ids }) => ids.length > 0).length;
  const best = read.reduce((left, right) => (known(right) > known(left) ? right : left));
  if (best.reading.rows.filter(({ skipped }) => skipped === null).length > maxRowsByCode) throw tooMany();
  return best;
}

/** Returns the codes of the catalogue that each document may hold. */
async function cataloguesFor(db: Db, documents: readonly Document[]): Promise<Map<Document, Catalogue>> {
  const keys = new Set<string>();
  const columnsOf = new Map<Document, Set<number> | null>();
  for (const document of documents) {
    const columns = isLarge(document) ? await findColumns(db, document) : null;
    columnsOf.set(document, columns);
    for (const key of candidateKeys(document, columns)) keys.add(key);
  }
  const known = await findByKeys(db, keys);
  const catalogueOfOne = (document: Document, columns: Set<number> | null): Catalogue =>
    catalogueOf(known, columns ? textsBeside(document, columns) : undefined);
  return new Map([...columnsOf].map(([document, columns]) => [document, catalogueOfOne(document, columns)]));
}

async function findColumns(db: Db, document: Document): Promise<Set<number>> {
  const sample = sampleOf(document);
  const known = catalogueOf(await findByKeys(db, candidateKeys({ lines: sample })));
  return columnsOfCodes(document, sample, known);
}

const empty: Document = { encoding: 'utf-8', separator: null, lines: [] };

function tooMany() {
  const message = `at most ${maxRowsByCode} rows at a time; nothing was added`;
  return refuse('invalid_input', { errors: [{ path: 'text', code: 'too_many_items', message }] });
}
