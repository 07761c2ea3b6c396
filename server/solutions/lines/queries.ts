import type postgres from 'postgres';
import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { solutionLines } from '#db/tables/solutions.ts';
import { isUuid } from '#server/common/ids.ts';
import { anyOf } from '../reading/queries.ts';
import { undoableSince } from '../rules.ts';
import { maxLines } from '../schema.ts';

export interface SameLine {
  id: string;
  productId: number;
  position: number;
  quantity: number;
  note: string;
  asked: number[];
}

/** Returns the buyer's current solution and whether it asks that vendor; null if there is none. */
export async function findCurrentAsking(
  db: Db,
  buyerId: string,
  vendorId: number,
): Promise<{ id: string; asks: boolean } | null> {
  const [current] = await db.execute<{ id: string; asks: boolean }>(sql`
    select s.id, exists (select from solution_lines n
      join solution_line_offers x on x.line_id = n.id
      join live_offers o on o.id = x.offer_id and o.product_id = n.product_id and o.vendor_id = ${vendorId}
      where n.solution_id = s.id and n.removed_at is null) as asks
    from solutions s where s.buyer_id = ${buyerId} and s.current`);
  return current ?? null;
}

/** Returns lines of these products with the same options and one of these notes, in order. */
export async function findSameLines(
  tx: Db,
  solutionId: string,
  productIds: readonly number[],
  details: { options: Record<string, string>; notes: readonly string[] },
): Promise<SameLine[]> {
  const asked = sql`array(select offer_id from solution_line_offers where line_id = ${solutionLines.id})`;
  return tx
    .select({
      id: solutionLines.id,
      productId: solutionLines.productId,
      position: solutionLines.position,
      quantity: solutionLines.quantity,
      note: solutionLines.note,
      asked: asked.mapWith((ids: string[]) => ids.map(Number)),
    })
    .from(solutionLines)
    .where(
      and(
        eq(solutionLines.solutionId, solutionId),
        isNull(solutionLines.removedAt),
        anyOf(solutionLines.productId, productIds),
        eq(solutionLines.options, details.options),
        sql`${solutionLines.note} in (select jsonb_array_elements_text(${JSON.stringify(details.notes)}::jsonb))`,
      ),
    )
    .orderBy(asc(solutionLines.position));
}

export interface NewLineRow {
  productId: number;
  quantity: number;
  options: Record<string, string>;
  note: string;
  offerIds: number[];
}

/** Appends lines to a locked solution up to `maxLines`. Returns those written, in order. */
export async function insertLines(
  tx: Db,
  solutionId: string,
  lines: readonly NewLineRow[],
): Promise<{ id: string; position: number }[]> {
  const rows = JSON.stringify(lines.map((line, index) => ({ ...line, nth: index + 1 })));
  const written = await tx.execute<{ id: string; position: number }>(sql`
    with wanted as (
      select * from jsonb_to_recordset(${rows}::jsonb) as w(nth int, "productId" bigint, quantity int,
        options jsonb, note text, "offerIds" bigint[])
    ), held as materialized (
      select count(*)::int as lines from solution_lines where solution_id = ${solutionId} and removed_at is null
    ), added as (
      insert into solution_lines (solution_id, product_id, position, quantity, options, note)
      select ${solutionId}, "productId", lines + nth, quantity, options, note from wanted, held
      where lines + nth <= ${maxLines} order by nth
      returning id, position
    ), asked as (
      insert into solution_line_offers (line_id, offer_id)
      select added.id, unnest("offerIds") from added, held, wanted where added.position = lines + nth
    )
    select id, position from added order by position`);
  return [...written];
}

/** Replaces contents and vendors of lines of a locked solution. */
export async function rewriteLines(
  tx: Db,
  lines: readonly (Omit<NewLineRow, 'productId'> & { id: string })[],
): Promise<void> {
  await tx.execute(sql`
    with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as w(id uuid, quantity int, options jsonb,
        note text, "offerIds" bigint[])
    ), changed as (
      update solution_lines l set quantity = w.quantity, options = w.options, note = w.note
      from wanted w where l.id = w.id
    ), dropped as (
      delete from solution_line_offers o using wanted w where o.line_id = w.id and o.offer_id <> all (w."offerIds")
    )
    insert into solution_line_offers (line_id, offer_id) select id, unnest("offerIds") from wanted
    on conflict do nothing`);
}

/** Moves a line of a locked solution to a position, at most the last, and shifts the others. */
export async function moveLine(tx: Db, solutionId: string, lineId: string, position: number): Promise<void> {
  await tx.execute(sql`
    with there as (
      select id, position from solution_lines where solution_id = ${solutionId} and removed_at is null
    ), move as (
      select t.position as old, least(${position}::int, (select count(*)::int from there)) as new
      from there t where t.id = ${lineId}
    )
    update solution_lines l set position = case
      when l.id = ${lineId} then move.new when move.new > move.old then l.position - 1 else l.position + 1 end
    from move where l.id in (select id from there)
      and l.position between least(move.old, move.new) and greatest(move.old, move.new)`);
}

/** Marks a line of a locked solution as removed. Returns false if there is no such line. */
export async function removeLine(tx: Db, solutionId: string, lineId: string, now: Date): Promise<boolean> {
  if (!isUuid(lineId)) return false;
  const [row] = await tx.execute<{ removed: number }>(sql`
    with gone as (
      update solution_lines set removed_at = ${now.toISOString()}
      where id = ${lineId} and solution_id = ${solutionId} and removed_at is null
      returning position
    ), moved as (
      update solution_lines l set position = l.position - 1 from gone
      where l.solution_id = ${solutionId} and l.removed_at is null and l.id <> ${lineId} and l.position > gone.position
    )
    select count(*)::int as removed from gone`);
  return row?.removed === 1;
}

/** Deletes lines that were removed too long ago to be restored. */
export async function forgetRemoved(tx: Db, solutionId: string, now: Date): Promise<void> {
  await tx
    .delete(solutionLines)
    .where(and(eq(solutionLines.solutionId, solutionId), lte(solutionLines.removedAt, undoableSince(now))));
}

/** Restores a removed line of a locked solution at its position. Returns false if the solution is full. */
export async function restoreLine(tx: Db, solutionId: string, lineId: string): Promise<boolean> {
  const [row] = await tx.execute<{ restored: number }>(sql`
    with held as (
      select count(*)::int as lines from solution_lines where solution_id = ${solutionId} and removed_at is null
    ), back as (
      update solution_lines set removed_at = null, position = least(position, lines + 1) from held
      where id = ${lineId} and solution_id = ${solutionId} and removed_at is not null and lines < ${maxLines}
      returning position
    ), moved as (
      update solution_lines l set position = l.position + 1 from back
      where l.solution_id = ${solutionId} and l.removed_at is null and l.position >= back.position
    )
    select count(*)::int as restored from back`);
  return row?.restored === 1;
}

/** Moves lines of products about to be deleted to their successors (deleted id -> successor id). */
export async function followMergedProducts(
  tx: postgres.ReservedSql,
  successors: ReadonlyMap<number, number>,
): Promise<void> {
  await tx`
    update solution_lines l set product_id = m.successor
    from unnest(${[...successors.keys()]}::bigint[], ${[...successors.values()]}::bigint[]) as m(deleted, successor)
    where l.product_id = m.deleted`;
}
