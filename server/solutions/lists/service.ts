import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { once } from '#server/platform/idempotency.ts';
import { type Addition, attemptToAdd } from '../additions.ts';
import { refuse } from '../refusals.ts';
import type { CodeRows } from '../schema.ts';
import { lockForChange } from '../service.ts';
import { addFound, findToRead, matchAll } from './adding.ts';
import { codeRowsWire } from './answer.ts';
import { findByKeys } from './codes/queries.ts';
import { listWire } from './listWire.ts';
import type { WantedRow } from './matching.ts';
import { keptAs, replayOutcome } from './outline.ts';
import * as queries from './queries.ts';
import { catalogueOf, keysOf } from './reading/catalogue.ts';
import { type Document, documentOf, documentsOf } from './reading/document.ts';
import { readGiven } from './reading/quantity.ts';
import type { ReadRow } from './reading/row.ts';
import { clean } from './reading/text.ts';
import type { ColumnRole, List, ListAddition, ListRoles } from './schema.ts';
import { type Understood, understand } from './understand.ts';

const longestText = 1_000_000;

/** Whose list, for which solution (`id` may be `current`). */
interface Owner {
  buyerId: string;
  id: string;
}

/**
 * Reads a pasted text or a file and keeps it for a day; adds nothing. Refuses `invalid_input` (too many rows),
 * `list_unreadable`, `list_old_workbook`, `solution_sent`, `not_found`.
 */
export async function readList(ctx: Context, owner: Owner, given: string | Uint8Array): Promise<List> {
  const documents = typeof given === 'string' ? [documentOf(given)] : await documentsOf(given);
  if (typeof documents === 'string') throw refuse(documents);
  if (documents.some(({ lines }) => lengthOf(lines) > longestText)) throw refuse('too_large');
  return ctx.db.transaction(async (tx) => {
    const solutionId = await findToRead(tx, owner.buyerId, owner.id);
    const understood = await understand(tx, documents);
    const id = await queries.insertList(tx, owner.buyerId, understood.document, ctx.clock.now());
    return describe(tx, { id, roles: null }, understood, solutionId);
  });
}

const lengthOf = (lines: Document['lines']): number => lines.reduce((sum, { raw }) => sum + raw.length, 0);

/** Returns a list as it is understood now. Refuses `not_found`, `solution_sent`. */
export async function getList(ctx: Context, owner: Owner, listId: string): Promise<List> {
  return ctx.db.transaction(async (tx) => {
    const solutionId = await findToRead(tx, owner.buyerId, owner.id);
    const list = await requireList(ctx, tx, owner, listId);
    return describe(tx, list, await understandStored(tx, list), solutionId);
  });
}

/** Gives columns other roles. Refuses `not_found`, `solution_sent`. */
export async function remapList(
  ctx: Context,
  owner: Owner,
  listId: string,
  { columns }: ListRoles,
): Promise<List> {
  return ctx.db.transaction(async (tx) => {
    const solutionId = await findToRead(tx, owner.buyerId, owner.id);
    const { id, document } = await requireList(ctx, tx, owner, listId);
    const list = {
      id,
      document,
      roles: columns.map(({ index, role }): [number, ColumnRole] => [index, role]),
    };
    await queries.setRoles(tx, id, list.roles);
    return describe(tx, list, await understandStored(tx, list), solutionId);
  });
}

/** Adds rows of a list and returns what became of each. Idempotent per key. Refuses what `getList` refuses. */
export async function addList(
  ctx: Context,
  addition: Addition,
  listId: string,
  body: ListAddition,
): Promise<CodeRows> {
  const now = ctx.clock.now();
  return ctx.db.transaction((tx) =>
    once(
      tx,
      attemptToAdd(addition, { listId, ...body }, now),
      () => addRows(ctx, tx, addition, listId, body),
      {
        keptAs: (answer) => (answer.counts.added === 0 ? null : keptAs(answer)),
        replay: async (kept) => {
          if (!('outline' in kept)) return kept;
          const list = await requireList(ctx, tx, addition, listId);
          return replayOutcome(
            tx,
            await wantedRows(tx, await understandStored(tx, list), body),
            kept.outline,
          );
        },
      },
    ),
  );
}

async function addRows(
  ctx: Context,
  tx: Db,
  addition: Addition,
  listId: string,
  body: ListAddition,
): Promise<CodeRows> {
  // Before the solution is locked, which creates a missing current one.
  const list = await requireList(ctx, tx, addition, listId);
  const solution = await lockForChange(tx, addition.buyerId, addition.id, ctx.clock.now());
  const matched = await matchAll(tx, await wantedRows(tx, await understandStored(tx, list), body));
  const outcome = await addFound(tx, solution.id, matched.matches, { ask: body.ask ?? 'one', dryRun: false });
  return codeRowsWire(outcome, matched);
}

async function requireList(
  { clock }: Pick<Context, 'clock'>,
  tx: Db,
  { buyerId }: Owner,
  listId: string,
): Promise<queries.StoredList> {
  const list = await queries.findList(tx, buyerId, listId, clock.now());
  if (!list) throw refuse('not_found');
  return list;
}

const understandStored = (tx: Db, { document, roles }: queries.StoredList): Promise<Understood> =>
  understand(tx, [document], roles && new Map(roles));

async function describe(
  tx: Db,
  { id, roles }: Pick<queries.StoredList, 'id' | 'roles'>,
  understood: Understood,
  solutionId: string | null,
): Promise<List> {
  const matched = await matchAll(
    tx,
    understood.reading.rows.map((read) => ({ read })),
  );
  const outcome = await addFound(tx, solutionId, matched.matches, { ask: 'one', dryRun: true });
  return listWire(id, understood, outcome, matched, roles && new Map(roles));
}

/** Returns the rows to add: those named, changed as the buyer says, else all that nobody needs to be asked about. */
async function wantedRows(tx: Db, { reading }: Understood, { rows }: ListAddition): Promise<WantedRow[]> {
  if (!rows) return reading.rows.map((read) => ({ read }));
  const byRow = new Map(reading.rows.map((read) => [read.row, read]));
  const corrected = new Set(rows.flatMap(({ code }) => (code === undefined ? [] : keysOf(clean(code)))));
  const catalogue = catalogueOf(await findByKeys(tx, corrected));
  return rows.map(({ row, code, quantity, productId, offerIds, ask }, index): WantedRow => {
    const read = byRow.get(row);
    if (!read) {
      const message = 'the list has no such row';
      throw refuse('invalid_input', { errors: [{ path: `rows.${index}.row`, code: 'not_found', message }] });
    }
    const found =
      code === undefined || clean(code) === read.code
        ? {}
        : { code: clean(code), ids: catalogue.find(clean(code)) };
    const isDecided = code !== undefined || quantity !== undefined || productId !== undefined;
    const changed: ReadRow = { ...read, ...found, skipped: isDecided ? null : read.skipped };
    return {
      read: { ...changed, ...quantityOf(changed, quantity, code !== undefined) },
      productId,
      offerIds,
      ask,
    };
  });
}

/** Returns the quantity that the buyer gives. An empty one is missing, rather than 1. */
function quantityOf(
  read: ReadRow,
  given: number | string | undefined,
  isCodeGiven: boolean,
): Partial<ReadRow> {
  const isAboutCode =
    read.doubt === 'codes_differ' || read.doubt === 'code_missing' || read.doubt === 'code_or_quantity';
  if (given === undefined) return isCodeGiven && isAboutCode ? { doubt: null } : {};
  const typed = clean(String(given));
  if (typed === '') return { quantity: null, typed, unit: null, doubt: 'quantity_missing' };
  const { quantity, unit } = readGiven(given);
  const doubt = read.doubt === 'codes_differ' && !isCodeGiven ? read.doubt : null;
  return typeof quantity === 'number'
    ? { quantity, typed, unit, doubt }
    : { quantity: null, typed, unit, doubt: quantity };
}
