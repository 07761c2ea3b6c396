import { type Placeholder, SQL, sql } from 'drizzle-orm';
import type { Db } from './client.ts';

/** What stands for the values. */
export type Given<Values> = { [Name in keyof Values & string]: Placeholder<Name, Values[Name]> };

/**
 * Returns a query whose text is built once, instead of at each call, which is a good part of what Drizzle costs. `build`
 * must always build the same: `given` stands for the values that differ, and for one that its column encodes, such as a
 * date, `sql.param(given.since, table.column)`. For the most frequent queries.
 */
export function builtOnce<Values extends Record<string, unknown>, Row>(
  build: (db: Db, given: Given<Values>) => PromiseLike<Row[]> | SQL<Row>,
): (db: Db, values: Values) => Promise<Row[]> {
  let built: Prepared | undefined;
  return (db, values) => {
    const { session, dialect } = db as unknown as Internals;
    if (!built) {
      const query = build(db, placeholders as Given<Values>);
      built =
        query instanceof SQL
          ? session.prepareQuery(dialect.sqlToQuery(query), undefined, undefined, false)
          : (query as unknown as Select)._prepare();
    }
    // Drizzle ties a prepared query to the pool or transaction that it was made with.
    const own = Object.assign(Object.create(Object.getPrototypeOf(built) as object) as Prepared, built, {
      client: session.client,
    });
    return own.execute(values) as Promise<Row[]>;
  };
}

const placeholders: unknown = new Proxy({}, { get: (_target, name) => sql.placeholder(String(name)) });

/** The parts of Drizzle that its types hide. */
interface Internals {
  session: { client: unknown; prepareQuery(...given: unknown[]): Prepared };
  dialect: { sqlToQuery(query: SQL): unknown };
}
interface Select {
  _prepare(): Prepared;
}
interface Prepared {
  execute(values: object): Promise<unknown>;
}
