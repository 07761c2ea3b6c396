import type { Db } from '#db/client.ts';
import { rowId } from '#server/common/ids.ts';
import type { Context } from '#server/context.ts';
import { fold } from '#server/platform/fold.ts';
import { once } from '#server/platform/idempotency.ts';
import { type Addition, attemptToAdd } from '../additions.ts';
import * as lines from '../lines/queries.ts';
import * as solutions from '../queries.ts';
import { findProducts } from '../reading/queries.ts';
import { refuse } from '../refusals.ts';
import type { StoredProduct } from '../rules.ts';
import { type CodeRows, type LinesByCode, maxRowsByCode } from '../schema.ts';
import { lockForChange } from '../service.ts';
import { codeRowsWire } from './answer.ts';
import { valueByRow, type Outline, outlineOf } from './outline.ts';
import {
  type Found,
  type Match,
  matchRow,
  readingThatExists,
  combineRows,
  type ProductRows,
} from './matching.ts';
import * as queries from './queries.ts';
import { readList, readRow, type Row } from './reading.ts';

// Limit the search for similar codes: a list of only unknown codes is wrong anyway.
const maxNear = 200;

/**
 * Adds lines by code and returns each row's result; valid rows are added unless `dryRun`. Idempotent per key. Refuses
 * `invalid_input` (more than `maxRowsByCode` rows), `solution_sent`, `not_found`.
 */
export async function addByCode(ctx: Context, addition: Addition, body: LinesByCode): Promise<CodeRows> {
  const rows = readRows(body);
  const now = ctx.clock.now();
  const dryRun = body.dryRun ?? false;
  return ctx.db.transaction((tx) =>
    once(tx, attemptToAdd(addition, body, now), () => addRows(tx, addition, rows, dryRun, now), {
      keptAs: (answer) => (dryRun || answer.counts.added === 0 ? null : keptAs(answer)),
      replay: (kept) => ('outline' in kept ? replayAnswer(tx, rows, kept.outline) : kept),
    }),
  );
}

// Longer answers are stored as outlines and rebuilt on replay.
const maxKeptBytes = 65_536;

const keptAs = (answer: CodeRows): CodeRows | { outline: Outline } =>
  Buffer.byteLength(JSON.stringify(answer)) > maxKeptBytes ? { outline: outlineOf(answer) } : answer;

/** Rebuilds an answer: lines and refusals as they were, products from the current catalogue. */
async function replayAnswer(tx: Db, rows: Row[], outline: Outline): Promise<CodeRows> {
  const { matches, near, products } = await matchAll(tx, rows);
  const lineOf = valueByRow(outline.lines);
  const reasonOf = valueByRow(outline.refused);
  const repeated = matches.map((match): Match => {
    const reason = reasonOf.get(match.row.row);
    return match.status === 'found' && reason !== undefined ? { ...match, status: 'refused', reason } : match;
  });
  const lineIds = new Map(
    rows.flatMap((row) => {
      const lineId = lineOf.get(row.row);
      return lineId === undefined ? [] : [[row, lineId] as const];
    }),
  );
  return codeRowsWire(repeated, { lineIds, near, products });
}

async function addRows(
  tx: Db,
  { buyerId, id }: Addition,
  rows: Row[],
  dryRun: boolean,
  now: Date,
): Promise<CodeRows> {
  const solutionId = dryRun
    ? await findToRead(tx, buyerId, id)
    : (await lockForChange(tx, buyerId, id, now)).id;
  const { matches, near, products } = await matchAll(tx, rows);
  const found = matches.filter((match): match is Found => match.status === 'found');
  const { lineIds, refused } = await addFound(tx, solutionId, found, dryRun);
  const last = new Map([...matches, ...refused].map((match) => [match.row, match]));
  return codeRowsWire([...last.values()], { lineIds, near, products });
}

function readRows(body: LinesByCode): Row[] {
  if ((body.text === undefined) === (body.rows === undefined)) {
    const message = 'send either text or rows';
    throw refuse('invalid_input', { errors: [{ path: 'text', code: 'required', message }] });
  }
  const rows = body.rows ? body.rows.map((row, index) => readRow(index, row)) : readList(body.text ?? '');
  if (rows.filter((row) => !row.heading).length > maxRowsByCode) {
    const message = `at most ${maxRowsByCode} rows at a time; nothing was added`;
    throw refuse('invalid_input', { errors: [{ path: 'text', code: 'too_many_items', message }] });
  }
  return rows;
}

/** Returns the solution's id; null if the buyer has no current one. Refuses `not_found`, `solution_sent`. */
async function findToRead(tx: Db, buyerId: string, id: string): Promise<string | null> {
  const solution = await solutions.findSolution(tx, buyerId, id);
  if (!solution && id !== 'current') throw refuse('not_found');
  if (solution?.sentAt) throw refuse('solution_sent');
  return solution?.id ?? null;
}

async function matchAll(tx: Db, rows: Row[]) {
  const open = rows.filter((row) => row.productId === undefined);
  const codes = new Set(open.flatMap((row) => row.readings.map((reading) => fold(reading.code))));
  const byCode = await queries.findByCodes(tx, codes);
  const unknown = open
    .filter((row) => !row.heading && !readingThatExists(row, byCode))
    .slice(0, maxNear)
    .map((row) => fold(row.likely.code));
  const near = await queries.findNear(tx, new Set(unknown));
  const chosen = rows.map((row) => rowId(row.productId ?? '')).filter((id) => id !== null);
  const ids = new Set([...chosen, ...[...byCode.values(), ...near.values()].flat()]);
  const products = await findProducts(tx, [...ids]);
  return { matches: rows.map((row) => matchRow(row, byCode, products)), near, products };
}

interface Outcome {
  /** Line ids of the rows added. */
  lineIds: Map<Row, string>;
  refused: Match[];
}

/** Writes the rows found as one line per product. With `dryRun` only returns those that would be refused. */
async function addFound(
  tx: Db,
  solutionId: string | null,
  found: Found[],
  dryRun: boolean,
): Promise<Outcome> {
  const byProduct = Map.groupBy(found, (row) => row.product);
  const ids = [...byProduct.keys()].map((product) => product.id);
  const same = solutionId ? await lines.findSameLines(tx, solutionId, ids, withoutDetails) : [];
  const combined = [...byProduct].map(([product, rows]) => {
    const line = same.find((candidate) => candidate.productId === product.id);
    return { line, product, ...combineRows(product, rows, line) };
  });
  const refused = combined.flatMap((product) => product.refused);
  if (dryRun || !solutionId) return { lineIds: new Map(), refused };

  const good = combined.filter(({ accepted }) => accepted.length > 0);
  const increased = good.flatMap(({ line, ...rest }) => (line ? [{ ...rest, id: line.id }] : []));
  const newLines = good.filter(({ line }) => !line);
  if (increased.length > 0)
    await lines.rewriteLines(
      tx,
      increased.map((one) => ({ ...contents(one), id: one.id })),
    );
  const added = newLines.length > 0 ? await lines.insertLines(tx, solutionId, newLines.map(contents)) : [];
  const written = [...increased, ...newLines.map((one, index) => ({ ...one, id: added[index]?.id }))];
  const lineIds = written.flatMap(({ accepted, id }) =>
    id ? accepted.map(({ row }) => [row, id] as const) : [],
  );
  const overflow = written.flatMap(({ accepted, id }) => (id ? [] : accepted.map(refusedAsFull)));
  return { lineIds: new Map(lineIds), refused: [...refused, ...overflow] };
}

const withoutDetails = { options: {}, note: '' };
const contents = ({ product, quantity, offers }: ProductRows & { product: StoredProduct }) => ({
  productId: product.id,
  quantity,
  ...withoutDetails,
  offerIds: offers.map((offer) => offer.id),
});
const refusedAsFull = (row: Found): Match => ({ ...row, status: 'refused', reason: 'solution_full' });
