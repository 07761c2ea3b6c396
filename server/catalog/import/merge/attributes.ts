import type postgres from 'postgres';

type Attribute = [name: string, value: string];
type WithAttributes = { attributes: readonly Attribute[] };

/** Characters of a name or value. What is longer is a text, not a choice. */
const longestValue = 100;

/** Stores the attributes' values. Returns the sorted ids of each row's values, in array syntax. */
export async function attributeIdsOf(
  sql: postgres.ReservedSql,
  rows: readonly WithAttributes[],
): Promise<string[]> {
  const values = new Map(
    rows.flatMap(({ attributes }) =>
      attributes.filter(isChoice).map((attribute) => [keyOf(attribute), attribute] as const),
    ),
  );
  const ids = values.size === 0 ? new Map<string, number>() : await idsByKey(sql, [...values.values()]);
  return rows.map(({ attributes }) => {
    const held = new Set(attributes.flatMap((attribute) => ids.get(keyOf(attribute)) ?? []));
    return `{${[...held].sort((a, b) => a - b).join(',')}}`;
  });
}

const isChoice = (attribute: Attribute): boolean =>
  attribute.every((text) => text.length <= longestValue || [...text].length <= longestValue);

/** Neither can hold a line break. */
const keyOf = ([name, value]: Attribute): string => `${name}\n${value}`;

async function idsByKey(
  sql: postgres.ReservedSql,
  values: readonly Attribute[],
): Promise<Map<string, number>> {
  const given = () => sql`
    unnest(${values.map(([name]) => name)}::text[], ${values.map(([, value]) => value)}::text[]) as g(name, value)`;
  // In a fixed order, so that two writers don't wait for each other in a circle.
  await sql`
    insert into attribute_values (name, value)
    select name, value from ${given()}
    where not exists (select from attribute_values v where v.name = g.name and v.value = g.value)
    order by name collate "C", value collate "C"
    on conflict do nothing`;
  const stored = await sql<{ id: number; name: string; value: string }[]>`
    select id, name, value from attribute_values join ${given()} using (name, value)`;
  return new Map(stored.map(({ id, name, value }) => [keyOf([name, value]), id]));
}
