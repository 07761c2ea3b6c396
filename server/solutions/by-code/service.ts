import type { Db } from '#db/client.ts';
import type { Context } from '#server/context.ts';
import { once } from '#server/platform/idempotency.ts';
import { type Addition, attemptToAdd } from '../additions.ts';
import { addFound, findToRead, matchAll } from '../lists/adding.ts';
import { codeRowsWire } from '../lists/answer.ts';
import { findByKeys } from '../lists/codes/queries.ts';
import type { WantedRow } from '../lists/matching.ts';
import { keptAs, replayOutcome } from '../lists/outline.ts';
import { catalogueOf, keysOf } from '../lists/reading/catalogue.ts';
import { documentOf } from '../lists/reading/document.ts';
import { readGiven } from '../lists/reading/quantity.ts';
import { blank } from '../lists/reading/row.ts';
import { clean } from '../lists/reading/text.ts';
import { understand } from '../lists/understand.ts';
import { refuse } from '../refusals.ts';
import { type CodeRows, type LinesByCode, maxRowsByCode } from '../schema.ts';
import { lockForChange } from '../service.ts';

/**
 * Adds lines by code and returns each row's result; valid rows are added unless `dryRun`. Idempotent per key. Refuses
 * `invalid_input` (more than `maxRowsByCode` rows), `solution_sent`, `not_found`.
 */
export async function addByCode(ctx: Context, addition: Addition, body: LinesByCode): Promise<CodeRows> {
  requireOneForm(body);
  const now = ctx.clock.now();
  const dryRun = body.dryRun ?? false;
  return ctx.db.transaction((tx) =>
    once(tx, attemptToAdd(addition, body, now), () => addRows(tx, addition, body, now), {
      keptAs: (answer) => (dryRun || answer.counts.added === 0 ? null : keptAs(answer)),
      replay: async (kept) =>
        'outline' in kept ? replayOutcome(tx, await readRows(tx, body), kept.outline) : kept,
    }),
  );
}

async function addRows(tx: Db, { buyerId, id }: Addition, body: LinesByCode, now: Date): Promise<CodeRows> {
  const dryRun = body.dryRun ?? false;
  const solutionId = dryRun
    ? await findToRead(tx, buyerId, id)
    : (await lockForChange(tx, buyerId, id, now)).id;
  const matched = await matchAll(tx, await readRows(tx, body));
  return codeRowsWire(
    await addFound(tx, solutionId, matched.matches, { ask: body.ask ?? 'one', dryRun }),
    matched,
  );
}

async function readRows(tx: Db, body: LinesByCode): Promise<WantedRow[]> {
  if (body.text !== undefined) {
    const { reading } = await understand(tx, [documentOf(body.text)]);
    return reading.rows.map((read) => ({ read }));
  }
  const given = body.rows ?? [];
  const catalogue = catalogueOf(
    await findByKeys(tx, new Set(given.flatMap(({ code }) => keysOf(clean(code))))),
  );
  return given.map(({ code, quantity, productId }, index): WantedRow => {
    const typed = ['string', 'number'].includes(typeof quantity) ? String(quantity) : '';
    const raw = typed === '' ? code : `${code}\t${typed}`;
    const { quantity: value, unit } = readGiven(quantity);
    const read = {
      ...blank({ row: index + 1, raw, cells: [], part: 0 }),
      code: clean(code),
      ids: catalogue.find(clean(code)),
      typed,
      unit,
    };
    return {
      read: typeof value === 'number' ? { ...read, quantity: value } : { ...read, doubt: value },
      productId,
    };
  });
}

function requireOneForm(body: LinesByCode): void {
  if ((body.text === undefined) === (body.rows === undefined)) {
    const message = 'send either text or rows';
    throw refuse('invalid_input', { errors: [{ path: 'text', code: 'required', message }] });
  }
  if (body.rows && body.rows.length > maxRowsByCode) {
    const message = `at most ${maxRowsByCode} rows at a time; nothing was added`;
    throw refuse('invalid_input', { errors: [{ path: 'rows', code: 'too_many_items', message }] });
  }
}
