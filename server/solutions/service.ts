import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import { rowId } from '#server/common/ids.ts';
import type { Locale } from '#server/common/locales.ts';
import type { Context } from '#server/context.ts';
import { once } from '#server/platform/idempotency.ts';
import { type Addition, attemptToAdd } from './additions.ts';
import * as lines from './lines/queries.ts';
import { lineWire, solutionWire } from './pricing.ts';
import { askEverybody } from './asking.ts';
import * as queries from './queries.ts';
import * as rates from '#server/rates/service.ts';
import * as reading from './reading/queries.ts';
import { refuse } from './refusals.ts';
import * as rules from './rules.ts';
import {
  type LineChange,
  type NewLine,
  type NewSolution,
  firstPage,
  type PageOfLines,
  type Solution,
  type SolutionChange,
  type SolutionLine,
} from './schema.ts';
import * as sums from './sums/queries.ts';

export { askedTotals, totalOf, totalsOf } from './pricing.ts';
export { findCurrentAsking, followMergedProducts } from './lines/queries.ts';
export { createWithLines } from './copying/service.ts';
export { moveSent } from './merging/service.ts';
export { setAside } from './queries.ts';
export { findProducts } from './reading/queries.ts';
export {
  askedOffers,
  bestOffer,
  isSellable,
  problemsOf,
  type StoredLine,
  type StoredOffer,
  type StoredProduct,
  type StoredSolution,
} from './rules.ts';

export interface SolutionWithLines {
  solution: rules.StoredSolution;
  /** In order, each with the current terms of only the vendors it asks. */
  lines: rules.StoredLine[];
}

/** Returns a buyer's solution, or null; `id` may be `current`. `vendorId`: only the lines that ask that vendor. */
export async function findWithLines(
  db: Db,
  buyerId: string,
  id: string,
  vendorId?: number,
): Promise<SolutionWithLines | null> {
  const found = await reading.findWithAskedLines(db, queries.isOwn(buyerId, id), vendorId);
  const solution = found?.solution ?? (await queries.findSolution(db, buyerId, id));
  return solution && { solution, lines: found?.lines ?? [] };
}

/** Returns a solution that can still be sent. Refuses `not_found`, `solution_sent`. */
export async function findUnsent(db: Db, buyerId: string, id: string): Promise<SolutionWithLines> {
  const found = await findWithLines(db, buyerId, id);
  if (!found) throw refuse('not_found');
  if (found.solution.sentAt) throw refuse('solution_sent');
  return found;
}

/** Returns a page of a solution with the sums of all its lines; null if it isn't the buyer's. */
export async function describeSolution(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  buyerId: string,
  id: string,
  { page, perPage, currency }: PageOfLines = firstPage,
  locale: Locale = 'en',
): Promise<Solution | null> {
  const removedSince = rules.undoableSince(clock.now());
  const today = clock.now().toISOString().slice(0, 10);
  const known = await rates.keptRatesOn({ db, clock }, today);
  const perEuro = { ...Object.fromEntries(known?.rates ?? []), EUR: '1' };
  const found = await sums.findWithSums(db, buyerId, id, removedSince, { wanted: currency, perEuro });
  if (!found) return null;
  const part = { offset: (page - 1) * perPage, limit: perPage };
  const lines = await reading.findLines(db, found.id, { part });
  return solutionWire(found, found.sums, lines, { today, known, locale });
}

/** Returns the snapshot of topic `solution:<id>`; null if it isn't the buyer's. */
export async function solutionTopic(
  ctx: Pick<Context, 'db' | 'clock'>,
  buyerId: string,
  id: string,
): Promise<{ state: Solution; dependsOn: string[] } | null> {
  const state = await describeSolution(ctx, buyerId, id);
  return state && { state, dependsOn: [`solution:${state.id}`] };
}

/**
 * Locks a solution, marks it as sent and returns it with its lines, in the caller's transaction. Refuses `not_found`,
 * `solution_sent`.
 */
export async function markSent(tx: Db, buyerId: string, id: string, now: Date): Promise<SolutionWithLines> {
  const solution = await lockForChange(tx, buyerId, id, now);
  await queries.changeSolution(tx, solution.id, { sentAt: now, current: false });
  return {
    solution: { ...solution, sentAt: now, current: false },
    lines: await reading.findAskedLines(tx, solution.id),
  };
}

/** Creates a solution, which becomes the current one. */
export async function create(
  ctx: Context,
  buyerId: string,
  body: NewSolution,
): Promise<rules.StoredSolution> {
  return ctx.db.transaction(async (tx) => {
    await buyers.lockBuyer(tx, buyerId);
    await queries.clearCurrent(tx, buyerId);
    return queries.insertSolution(tx, buyerId, body.name?.trim() ?? '', ctx.clock.now());
  });
}

/** Returns the buyer's current solution, creating it if there is none. */
export async function ensureCurrent(ctx: Context, buyerId: string): Promise<rules.StoredSolution | null> {
  return ctx.db.transaction((tx) => queries.lockSolution(tx, buyerId, 'current', ctx.clock.now()));
}

/** Renames a solution, makes it the current one, or asks everybody. Refuses `solution_sent`. */
export async function changeSolution(
  ctx: Context,
  buyerId: string,
  id: string,
  body: SolutionChange,
): Promise<rules.StoredSolution> {
  return ctx.db.transaction(async (tx) => {
    if (body.current) await buyers.lockBuyer(tx, buyerId);
    const solution = await lockForChange(tx, buyerId, id, ctx.clock.now());
    const changed = {
      name: body.name?.trim() ?? solution.name,
      current: body.current ?? solution.current,
    };
    if (changed.current && !solution.current) await queries.clearCurrent(tx, buyerId);
    await queries.changeSolution(tx, solution.id, changed);
    if (body.ask) await askEverybody(tx, solution.id);
    return { ...solution, ...changed };
  });
}

/**
 * Adds a line, or increases an existing one with the same product, options and note. Idempotent per key. Refuses (among
 * others) `quantity_not_sellable`, `offer_not_of_product`, `vendor_not_reachable`, `solution_sent`, `solution_full`.
 */
export async function addLine(
  ctx: Context,
  addition: Addition,
  body: NewLine,
  locale: Locale,
): Promise<SolutionLine> {
  const now = ctx.clock.now();
  return ctx.db.transaction((tx) =>
    once(tx, attemptToAdd(addition, body, now), async () =>
      lineWire(await addLineIn(tx, addition, body, now), locale),
    ),
  );
}

async function addLineIn(
  tx: Db,
  { buyerId, id }: Addition,
  body: NewLine,
  now: Date,
): Promise<rules.StoredLine> {
  const details = { options: body.options ?? {}, note: body.note?.trim() ?? '' };
  const solution = await lockForChange(tx, buyerId, id, now);
  const product = await requireProduct(tx, body.productId);
  const [same] = await lines.findSameLines(tx, solution.id, [product.id], {
    options: details.options,
    notes: [details.note],
  });
  const quantity = body.quantity + (same?.quantity ?? 0);
  const asked = rules.askedOffers({ product, asked: same?.asked ?? [] });
  const chosen = body.offerIds
    ? rules.chosenOffers(product.offers, body.offerIds)
    : asked.length > 0
      ? []
      : rules.defaultOffers(product.offers, quantity);
  const offers = rules.mergeAskedOffers(asked, chosen);
  rules.requireSellable(offers, quantity);
  const withdrawn = same ? (await requireLine(tx, solution.id, same.id, now)).withdrawn : [];
  const offerIds = [...offers, ...withdrawn].map((offer) => offer.id);
  const contents = { quantity, ...details, removedAt: null, product, asked: offerIds, withdrawn };
  if (same) {
    await lines.rewriteLines(tx, [{ id: same.id, quantity, ...details, offerIds }]);
    return { ...same, ...contents };
  }
  const row = { productId: product.id, quantity, ...details, offerIds };
  const [added] = await lines.insertLines(tx, solution.id, [row]);
  if (!added) throw refuse('solution_full');
  return { ...added, ...contents };
}

/** Changes the given fields of a line. Refuses what `addLine` refuses, and `line_removed`. */
export async function changeLine(
  ctx: Context,
  buyerId: string,
  solutionId: string,
  lineId: string,
  body: LineChange,
  locale: Locale,
): Promise<SolutionLine> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const solution = await lockForChange(tx, buyerId, solutionId, now);
    const line = await requireLine(tx, solution.id, lineId, now);
    if (line.removedAt) throw refuse('line_removed');
    // Withdrawn offers stay, as a problem of the line, until the buyer leaves them out.
    const { withdrawn } = line;
    const kept = withdrawn.filter(({ id }) => body.offerIds?.includes(String(id)) ?? true);
    const offers = body.offerIds
      ? rules.chosenOffers(line.product.offers, body.offerIds, withdrawn)
      : rules.askedOffers(line);
    const quantity = body.quantity ?? line.quantity;
    // Changed terms are shown as a problem of the line, but must not refuse a new note.
    if (body.quantity !== undefined || body.offerIds) rules.requireSellable(offers, quantity);
    await lines.rewriteLines(tx, [
      {
        id: line.id,
        quantity,
        options: body.options ?? line.options,
        note: body.note?.trim() ?? line.note,
        offerIds: [...offers, ...kept].map((offer) => offer.id),
      },
    ]);
    if (body.position !== undefined) await lines.moveLine(tx, solution.id, line.id, body.position);
    return lineWire(await requireLine(tx, solution.id, lineId, now), locale);
  });
}

/** Removes a line, which can be restored for `undoHours`. Refuses `not_found`, `solution_sent`. */
export async function removeLine(
  ctx: Context,
  buyerId: string,
  solutionId: string,
  lineId: string,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const solution = await lockForChange(tx, buyerId, solutionId, now);
    if (!(await lines.removeLine(tx, solution.id, lineId, now))) throw refuse('not_found');
    await lines.forgetRemoved(tx, solution.id, now);
  });
}

/** Restores a removed line at its position. Refuses `not_found` after `undoHours`, `solution_full`. */
export async function restoreLine(
  ctx: Context,
  buyerId: string,
  solutionId: string,
  lineId: string,
  locale: Locale,
): Promise<SolutionLine> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const solution = await lockForChange(tx, buyerId, solutionId, now);
    const line = await requireLine(tx, solution.id, lineId, now);
    if (!line.removedAt) return lineWire(line, locale);
    if (!(await lines.restoreLine(tx, solution.id, line.id))) throw refuse('solution_full');
    return lineWire(await requireLine(tx, solution.id, lineId, now), locale);
  });
}

/** Locks a buyer's unsent solution and notifies its watchers. Refuses `not_found`, `solution_sent`. */
export async function lockForChange(
  tx: Db,
  buyerId: string,
  id: string,
  now: Date,
): Promise<rules.StoredSolution> {
  const solution = await queries.lockSolution(tx, buyerId, id, now);
  if (!solution) throw refuse('not_found');
  if (solution.sentAt) throw refuse('solution_sent');
  return solution;
}

async function requireLine(tx: Db, solutionId: string, lineId: string, now: Date): Promise<rules.StoredLine> {
  const [line] = await reading.findLines(tx, solutionId, {
    lineId,
    removedSince: rules.undoableSince(now),
  });
  if (!line) throw refuse('not_found');
  return line;
}

async function requireProduct(tx: Db, id: string): Promise<rules.StoredProduct> {
  const productId = rowId(id);
  const product =
    productId === null ? undefined : (await reading.findProducts(tx, [productId])).get(productId);
  if (product) return product;
  const message = 'there is no such product';
  throw refuse('invalid_input', { errors: [{ path: 'productId', code: 'not_found', message }] });
}
