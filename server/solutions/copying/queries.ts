import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

/** Copies the lines of a solution, with whom they ask, into an empty one. */
export async function copyLines(tx: Db, from: string, to: string): Promise<void> {
  await tx.execute(sql`
    with added as (
      insert into solution_lines (solution_id, product_id, position, quantity, options, note)
      select ${to}, product_id, position, quantity, options, note from solution_lines
      where solution_id = ${from} and removed_at is null
      returning id, position
    )
    insert into solution_line_offers (line_id, offer_id)
    select added.id, o.offer_id
    from added
    join solution_lines l on l.solution_id = ${from} and l.removed_at is null and l.position = added.position
    join solution_line_offers o on o.line_id = l.id`);
}
