import { sql } from 'drizzle-orm';
import type postgres from 'postgres';

const mark = '/* planned once */';

/**
 * Marks a frequent read, anywhere in its text, as planned once on a connection instead of for each execution. Only for
 * reads whose best plan is the same for all values, such as those by a unique key: not with lists of any length, nor with
 * the predicate of a partial index as a parameter. Needless in transactions that write, ignored in snapshots.
 */
export const planOnce = sql.raw(mark);

/** The most texts that are prepared on each connection, where each takes memory for as long as it lives. */
const mostPrepared = 600;

/**
 * Returns the client with its repeated statements prepared: after the first time they take one round trip instead of two
 * and aren't parsed again. Drizzle prepares only what has a name. Texts that come once, such as lists of varying length,
 * stay unprepared. `planning.once` executes what is marked by `planOnce`.
 */
export const preparing = (client: postgres.Sql, planning?: { once: postgres.Sql }): postgres.Sql =>
  wrap(client, createRepetitions(), planning);

/** The methods that Drizzle calls; transactions and savepoints hand out clients of their own. */
type Client = Pick<postgres.TransactionSql, 'unsafe' | 'savepoint'> & Partial<Pick<postgres.Sql, 'begin'>>;
type Scope = (options: unknown, run?: unknown) => Promise<unknown>;

function wrap<T extends object>(
  client: T,
  isRepeated: (text: string) => boolean,
  planning?: { once: postgres.Sql },
): T {
  const { unsafe, begin, savepoint } = client as unknown as Client & { begin: Scope; savepoint: Scope };
  const inScope = (open: Scope) => (options: unknown, run?: unknown) => {
    const wrapped = (own: (tx: object) => unknown) => (tx: object) => own(wrap(tx, isRepeated));
    type Run = (tx: object) => unknown;
    return run === undefined ? open(wrapped(options as Run)) : open(options, wrapped(run as Run));
  };
  const replaced: Record<PropertyKey, unknown> = {
    unsafe: (text: string, parameters: never[] = [], options: postgres.UnsafeQueryOptions = {}) => {
      const prepare = options.prepare === true || (parameters.length > 0 && isRepeated(text));
      return planning && text.includes(mark)
        ? planning.once.unsafe(text, parameters, { ...options, prepare })
        : unsafe(text, parameters, { ...options, prepare });
    },
    begin: inScope(begin),
    savepoint: inScope(savepoint),
  };
  return new Proxy(client, {
    get: (target, name, receiver) => replaced[name] ?? (Reflect.get(target, name, receiver) as unknown),
  });
}

/** A plan made for any values finds no partial index whose predicate has parameters, so such a statement would fail. */
const conflictsByParameter = /on conflict \([^)]*\) where (?:(?! do ).)*\$\d/is;

/** Returns a function that returns whether a text comes at least the second time, up to `mostPrepared` texts. */
function createRepetitions(): (text: string) => boolean {
  const repeated = new Set<string>();
  const once = new Set<string>();
  return (text) => {
    if (repeated.has(text)) return true;
    if (repeated.size >= mostPrepared) return false;
    if (once.has(text) && conflictsByParameter.test(text)) return false;
    if (once.delete(text)) {
      repeated.add(text);
      return true;
    }
    if (once.size >= mostPrepared) once.clear();
    once.add(text);
    return false;
  };
}
