import { getTableColumns, type InferInsertModel, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#db/client.ts';

/** The parts of an `insert ... select` whose rows are one JSON parameter. */
export interface JsonRows {
  /** Names of the columns to fill. */
  columns: SQL;
  /** The values of these columns, in the same order. */
  values: SQL;
  /** The rows as a table named `alias`, with their keys as columns: `lines."productId"`. */
  from: SQL;
}

/**
 * Passes any number of rows as one parameter. Writes the columns that any row has; a missing key is null. `extra`
 * columns can be read but aren't written.
 */
export function jsonRows(
  alias: string,
  table: PgTable,
  rows: readonly object[],
  extra: Record<string, PgColumn> = {},
): JsonRows {
  const given = ([key]: [string, PgColumn]) => rows.some((row) => key in row);
  const written = Object.entries<PgColumn>(getTableColumns(table)).filter(given);
  const typed = [...written, ...Object.entries(extra)].map(
    ([key, column]) => sql`${sql.identifier(key)} ${sql.raw(column.getSQLType())}`,
  );
  const list = (parts: SQL[]) => sql.join(parts, sql`, `);
  return {
    columns: list(written.map(([, column]) => sql`${sql.identifier(column.name)}`)),
    values: list(written.map(([key]) => sql`${sql.identifier(alias)}.${sql.identifier(key)}`)),
    from: sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.identifier(alias)} (${list(typed)})`,
  };
}

/** Inserts rows with one parameter. */
export async function insertRows<T extends PgTable>(
  tx: Db,
  table: T,
  rows: readonly InferInsertModel<T>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns, values, from } = jsonRows('rows', table, rows);
  await tx.execute(sql`insert into ${table} (${columns}) select ${values} from ${from}`);
}
