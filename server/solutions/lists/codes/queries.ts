import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { KnownCode } from '../reading/catalogue.ts';

export const maxCandidates = 10;
/** Codes of one key; more differ in separators only, and are too many to choose from. */
const maxPerKey = 2 * maxCandidates + 1;

/** Returns the catalogue's codes by key, see `compactCode`. One index lookup per key. */
export async function findByKeys(db: Db, keys: Iterable<string>): Promise<Map<string, KnownCode[]>> {
  const rows = await db.execute<{ key: string; code: string; id: string }>(sql`
    select wanted.key, found.code, found.id from jsonb_array_elements_text(${JSON.stringify([...keys])}::jsonb) as wanted(key)
    cross join lateral (
      select code, product_id as id from product_codes where compact_code(code) = wanted.key
      order by product_id limit ${maxPerKey}
    ) found`);
  const byKey = new Map<string, KnownCode[]>();
  for (const { key, code, id } of rows) {
    const known = byKey.get(key) ?? [];
    known.push({ code, productId: Number(id) });
    byKey.set(key, known);
  }
  return byKey;
}

/**
 * Returns ids of offered products whose codes begin with the key, by key; if there are none, those that begin with all
 * but its last one or two characters.
 */
export async function findNear(db: Db, keys: Iterable<string>): Promise<Map<string, number[]>> {
  const beginnings = [...keys].flatMap((key) =>
    [key, key.slice(0, -1), key.slice(0, -2)]
      .filter((beginning) => beginning.length >= 3)
      .map((beginning, nth) => ({ key, beginning, nth })),
  );
  // `~>=~` compares bytewise, like the index. U+10FFFF sorts after every code with this beginning.
  const rows = await db.execute<{ key: string; id: string; nth: number }>(sql`
    select wanted.key, found.id, wanted.nth
    from jsonb_to_recordset(${JSON.stringify(beginnings)}::jsonb) as wanted(key text, beginning text, nth int)
    cross join lateral (
      select c.product_id as id from product_codes c join products p on p.id = c.product_id and p.offered
      where compact_code(c.code) ~>=~ wanted.beginning and compact_code(c.code) ~<~ (wanted.beginning || chr(1114111))
      order by compact_code(c.code) using ~<~ limit ${maxCandidates}
    ) found order by wanted.nth`);
  const near = new Map<string, { nth: number; ids: Set<number> }>();
  for (const { key, id, nth } of rows) {
    const closest = near.get(key) ?? { nth, ids: new Set() };
    if (closest.nth === nth) closest.ids.add(Number(id));
    near.set(key, closest);
  }
  return new Map([...near].map(([key, { ids }]) => [key, [...ids]]));
}
