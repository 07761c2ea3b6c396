import { getTableColumns, type InferInsertModel, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '#db/client.ts';

/** What an `insert ... select` is made of whose rows travel as one JSON parameter. */
export interface JsonRows {
  /** Names of the table's columns that the rows fill. */
  columns: SQL;
  /** The same of the rows, in the same order. */
  values: SQL;
  /** The rows as a table named `alias`, whose columns are named by the keys: `lines."productId"`. */
  from: SQL;
}

/**
 * Passes any number of rows as one parameter. Names and types come from the table, so only the keys of the rows say
 * what is written; a key that some rows leave out is null there. `extra` columns are readable, not written.
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

/** Inserts the rows together. */
export async function insertRows<T extends PgTable>(
  tx: Db,
  table: T,
  rows: readonly InferInsertModel<T>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns, values, from } = jsonRows('rows', table, rows);
  await tx.execute(sql`insert into ${table} (${columns}) select ${values} from ${from}`);
}
