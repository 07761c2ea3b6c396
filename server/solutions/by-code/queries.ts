import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';

export const maxCandidates = 10;
const nearPerCode = 5;

/** Returns product ids by folded code, at most `maxCandidates` + 1 per code. */
export async function findByCodes(db: Db, codes: Iterable<string>): Promise<Map<string, number[]>> {
  const rows = await db.execute<{ code: string; id: string }>(sql`
    select wanted.code, found.id from jsonb_array_elements_text(${JSON.stringify([...codes])}::jsonb) as wanted(code)
    cross join lateral (
      select product_id as id from product_codes where code = wanted.code
      order by product_id limit ${maxCandidates + 1}
    ) found`);
  return grouped(rows);
}

/** Returns ids of products whose codes begin with the code or with all but its last two characters, by folded code. */
export async function findNear(db: Db, codes: Iterable<string>): Promise<Map<string, number[]>> {
  const beginnings = [...codes].flatMap((code) =>
    [code, code.slice(0, -2)]
      .filter((beginning) => beginning.length >= 3)
      .map((beginning, nth) => ({ code, beginning, nth })),
  );
  // `~>=~` compares bytewise, like the index. U+10FFFF sorts after every code with this beginning.
  const rows = await db.execute<{ code: string; id: string }>(sql`
    select wanted.code, found.id
    from jsonb_to_recordset(${JSON.stringify(beginnings)}::jsonb) as wanted(code text, beginning text, nth int)
    cross join lateral (
      select product_id as id from product_codes
      where code ~>=~ wanted.beginning and code ~<~ (wanted.beginning || chr(1114111))
      order by code using ~<~ limit ${nearPerCode}
    ) found order by wanted.nth`);
  return grouped(rows);
}

function grouped(rows: Iterable<{ code: string; id: string }>): Map<string, number[]> {
  const byCode = new Map<string, number[]>();
  for (const { code, id } of rows) {
    const ids = byCode.get(code) ?? [];
    if (!ids.includes(Number(id))) byCode.set(code, [...ids, Number(id)]);
  }
  return byCode;
}
