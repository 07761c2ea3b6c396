import type { Db } from '#db/client.ts';
import * as buyers from '#server/buyers/service.ts';
import type { Context } from '#server/context.ts';
import { type Attempt, once } from '#server/platform/idempotency.ts';
import { insertLines, type NewLineRow } from '../lines/queries.ts';
import * as queries from '../queries.ts';
import { refuse } from '../refusals.ts';
import { copyLines } from './queries.ts';

/** A copy that a buyer wants, once per `key`. */
export interface CopyWanted {
  buyerId: string;
  key: string | null;
}

export interface Copied {
  id: string;
}

const attemptToCopy = ({ buyerId, key }: CopyWanted, of: string, now: Date): Attempt => ({
  actor: `buyer:${buyerId}`,
  ...{ operation: 'solutions.copy', key, body: { of }, now, keepDays: 1, mostKeys: 100 },
});

/** Copies a buyer's own solution, sent or not. The copy becomes the current one. Refuses `not_found`. */
export async function copyOwn(ctx: Context, wanted: CopyWanted, id: string): Promise<Copied> {
  const original = await queries.findSolution(ctx.db, wanted.buyerId, id);
  if (!original) throw refuse('not_found');
  return copyOf(ctx, wanted, original);
}

/** Copies somebody's solution for a buyer, whose current one the copy becomes. */
export async function copyOf(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  wanted: CopyWanted,
  original: { id: string; name: string },
): Promise<Copied> {
  const now = clock.now();
  return db.transaction((tx) =>
    once(tx, attemptToCopy(wanted, original.id, now), async () => {
      const copy = await beginAnother(tx, wanted.buyerId, original.name, now);
      await copyLines(tx, original.id, copy.id);
      return { id: copy.id };
    }),
  );
}

/** Begins a solution with lines, which becomes the buyer's current one. Lines beyond the most are left out. */
export async function createWithLines(
  tx: Db,
  { buyerId, name, lines, now }: { buyerId: string; name: string; lines: NewLineRow[]; now: Date },
): Promise<Copied> {
  const { id } = await beginAnother(tx, buyerId, name, now);
  await insertLines(tx, id, lines);
  return { id };
}

async function beginAnother(tx: Db, buyerId: string, name: string, now: Date): Promise<Copied> {
  await buyers.lockBuyer(tx, buyerId);
  await queries.clearCurrent(tx, buyerId);
  return queries.insertSolution(tx, buyerId, name, now);
}
