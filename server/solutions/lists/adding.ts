import type { Db } from '#db/client.ts';
import { rowId } from '#server/common/ids.ts';
import { compactCode } from '#server/platform/fold.ts';
import * as lines from '../lines/queries.ts';
import * as solutions from '../queries.ts';
import { findProducts } from '../reading/queries.ts';
import { refuse } from '../refusals.ts';
import type { JoinedLine } from '../schema.ts';
import { type StoredOffer, type StoredProduct, withdrawnIds } from '../rules.ts';
import * as codes from './codes/queries.ts';
import {
  type Ask,
  combineRows,
  type Found,
  type Match,
  matchRow,
  type ProductRows,
  type WantedRow,
} from './matching.ts';

// Limit the search for similar codes: a list of only unknown codes is wrong anyway.
const maxNear = 200;

/** What the answers of all rows share. */
export interface Matched {
  matches: Match[];
  /** Product ids of similar codes, by key. */
  near: ReadonlyMap<string, number[]>;
  products: ReadonlyMap<number, StoredProduct>;
}

/** Matches rows with products as they are sold now. */
export async function matchAll(tx: Db, rows: readonly WantedRow[]): Promise<Matched> {
  const unknown = rows
    .filter(
      ({ read, productId }) =>
        !read.skipped && read.ids.length === 0 && productId === undefined && read.code !== '',
    )
    .slice(0, maxNear)
    .map(({ read }) => compactCode(read.code));
  const near = await codes.findNear(tx, new Set(unknown));
  const chosen = rows.map(({ productId }) => rowId(productId ?? '')).filter((id) => id !== null);
  const found = rows.flatMap(({ read }) => read.ids);
  const products = await findProducts(tx, [...new Set([...chosen, ...found, ...[...near.values()].flat()])]);
  return { matches: rows.map((row) => matchRow(row, products)), near, products };
}

export interface Added {
  lineId: string | null;
  offers: StoredOffer[];
  joins?: JoinedLine | undefined;
}

export interface Outcome {
  matches: Match[];
  /** Line ids, the partners asked and what was added up, of the rows that were added or, in a dry run, would be. */
  added: Map<number, Added>;
}

/** Writes the rows found as one line per product and note. With `dryRun` only returns what would happen. */
export async function addFound(
  tx: Db,
  solutionId: string | null,
  matches: readonly Match[],
  { ask, dryRun }: { ask: Ask; dryRun: boolean },
): Promise<Outcome> {
  const found = matches.filter((match): match is Found => match.status === 'found');
  const byLine = [
    ...Map.groupBy(found, ({ product, wanted }) => `${product.id} ${wanted.read.note}`).values(),
  ];
  const groups = byLine.map((rows) => ({ rows, product: rows[0]!.product, note: rows[0]!.wanted.read.note }));
  const ids = [...new Set(groups.map(({ product }) => product.id))];
  const notes = [...new Set(groups.map(({ note }) => note))];
  const same =
    solutionId && ids.length > 0
      ? await lines.findSameLines(tx, solutionId, ids, { options: {}, notes })
      : [];
  const combined = groups.map(({ rows, product, note }) => {
    const line = same.find((candidate) => candidate.productId === product.id && candidate.note === note);
    return { line, product, note, ...combineRows(product, rows, line, ask) };
  });
  const good = combined.filter(({ accepted }) => accepted.length > 0);
  const written =
    dryRun || !solutionId
      ? good.map((one) => ({ ...one, id: null }))
      : await writeLines(tx, solutionId, good);
  const refused = combined.flatMap((product) => product.refused);
  const overflow = written.flatMap(({ accepted, id }) =>
    id === undefined ? accepted.map(refusedAsFull) : [],
  );
  const last = new Map([...matches, ...refused, ...overflow].map((match) => [match.wanted.read.row, match]));
  const added = written.flatMap(({ id, ...one }) => {
    if (id === undefined) return [];
    const shared = { lineId: id, offers: one.offers, joins: joinedLine(one) };
    return one.accepted.map(({ wanted }) => [wanted.read.row, shared] as const);
  });
  return { matches: [...last.values()], added: new Map(added) };
}

type Combined = ProductRows & { product: StoredProduct; note: string; line: lines.SameLine | undefined };

function joinedLine({ line, accepted, quantity }: Combined): JoinedLine | undefined {
  if (!line && accepted.length < 2) return undefined;
  const before = line?.quantity ?? 0;
  return {
    ...{ position: line?.position ?? null, before, added: quantity - before, quantity },
    rows: accepted.length,
  };
}

/** Increases existing lines and appends new ones. `id` is undefined where the solution is full. */
async function writeLines(tx: Db, solutionId: string, good: readonly Combined[]) {
  const increased = good.flatMap(({ line, ...rest }) => (line ? [{ ...rest, id: line.id, line }] : []));
  const newLines = good.filter(({ line }) => !line);
  if (increased.length > 0)
    await lines.rewriteLines(
      tx,
      increased.map(({ line, ...one }) => {
        const { offerIds, ...rest } = contents(one);
        return {
          ...rest,
          id: one.id,
          offerIds: [...offerIds, ...withdrawnIds({ ...one, asked: line.asked })],
        };
      }),
    );
  const added = newLines.length > 0 ? await lines.insertLines(tx, solutionId, newLines.map(contents)) : [];
  return [...increased, ...newLines.map((one, index) => ({ ...one, id: added[index]?.id }))];
}

/** Returns the solution's id; null if the buyer has no current one. Refuses `not_found`, `solution_sent`. */
export async function findToRead(tx: Db, buyerId: string, id: string): Promise<string | null> {
  const solution = await solutions.findSolution(tx, buyerId, id);
  if (!solution && id !== 'current') throw refuse('not_found');
  if (solution?.sentAt) throw refuse('solution_sent');
  return solution?.id ?? null;
}

const contents = ({ product, quantity, note, offers }: Omit<Combined, 'line'>) => ({
  productId: product.id,
  quantity,
  options: {},
  note,
  offerIds: offers.map((offer) => offer.id),
});
const refusedAsFull = ({ wanted, product }: Found): Match => ({
  wanted,
  product,
  status: 'unclear',
  reason: 'solution_full',
});
