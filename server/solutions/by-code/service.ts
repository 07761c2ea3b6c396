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
import { byRow, type Outline, outlineOf } from './outline.ts';
import { type Found, type Match, matchRow, readingThatExists, settle, type Settlement } from './matching.ts';
import * as queries from './queries.ts';
import { readList, readRow, type Row } from './reading.ts';

// Near codes are a courtesy; a list of nothing but unknown codes needs another look anyway.
const maxNear = 200;

/**
 * Adds lines by codes: a pasted list, or rows. Every row comes back with what became of it; the good ones are added,
 * unless `dryRun`. Idempotent per key. The number of statements doesn't grow with the rows.
 * Refuses `invalid_input` past `maxRowsByCode` rows, `solution_sent`, `not_found`.
 */
export async function addByCode(ctx: Context, addition: Addition, body: LinesByCode): Promise<CodeRows> {
  const rows = readRows(body);
  const now = ctx.clock.now();
  const dryRun = body.dryRun ?? false;
  return ctx.db.transaction((tx) =>
    once(tx, attemptToAdd(addition, body, now), () => addRows(tx, addition, rows, dryRun, now), {
      keptAs: (answer) => (dryRun || answer.counts.added === 0 ? null : keptAs(answer)),
      replay: (kept) => ('outline' in kept ? answerAgain(tx, rows, kept.outline) : kept),
    }),
  );
}

// An answer is as long as the list; a long one is kept as its outline.
const maxKeptBytes = 65_536;

const keptAs = (answer: CodeRows): CodeRows | { outline: Outline } =>
  Buffer.byteLength(JSON.stringify(answer)) > maxKeptBytes ? { outline: outlineOf(answer) } : answer;

/** Answers a repeat with the catalogue as it is now; lines and refusals of the rows found stay as they were. */
async function answerAgain(tx: Db, rows: Row[], outline: Outline): Promise<CodeRows> {
  const { matches, near, products } = await matchAll(tx, rows);
  const lineOf = byRow(outline.lines);
  const reasonOf = byRow(outline.refused);
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

/** Returns the solution's id; null when the visitor has no current one yet. */
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
  /** Of the rows that are in the solution now. */
  lineIds: Map<Row, string>;
  refused: Match[];
}

/** Writes the rows found, one line a product; with `dryRun` only tells which of them can't be added. */
async function addFound(
  tx: Db,
  solutionId: string | null,
  found: Found[],
  dryRun: boolean,
): Promise<Outcome> {
  const byProduct = Map.groupBy(found, (row) => row.product);
  const ids = [...byProduct.keys()].map((product) => product.id);
  const same = solutionId ? await lines.findSameLines(tx, solutionId, ids, plain) : [];
  const settlements = [...byProduct].map(([product, rows]) => {
    const line = same.find((candidate) => candidate.productId === product.id);
    return { line, product, ...settle(product, rows, line) };
  });
  const refused = settlements.flatMap((settlement) => settlement.refused);
  if (dryRun || !solutionId) return { lineIds: new Map(), refused };

  const good = settlements.filter(({ taken }) => taken.length > 0);
  const grown = good.flatMap(({ line, ...rest }) => (line ? [{ ...rest, id: line.id }] : []));
  const fresh = good.filter(({ line }) => !line);
  if (grown.length > 0)
    await lines.rewriteLines(
      tx,
      grown.map((one) => ({ ...contents(one), id: one.id })),
    );
  const added = fresh.length > 0 ? await lines.insertLines(tx, solutionId, fresh.map(contents)) : [];
  const placed = [...grown, ...fresh.map((one, index) => ({ ...one, id: added[index]?.id }))];
  const lineIds = placed.flatMap(({ taken, id }) => (id ? taken.map(({ row }) => [row, id] as const) : []));
  const homeless = placed.flatMap(({ taken, id }) => (id ? [] : taken.map(asFull)));
  return { lineIds: new Map(lineIds), refused: [...refused, ...homeless] };
}

const plain = { options: {}, note: '' };
const contents = ({ product, quantity, offers }: Settlement & { product: StoredProduct }) => ({
  productId: product.id,
  quantity,
  ...plain,
  offerIds: offers.map((offer) => offer.id),
});
const asFull = (row: Found): Match => ({ ...row, status: 'refused', reason: 'solution_full' });
