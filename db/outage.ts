import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';

/** The database neither answered in time nor takes new connections. What was sent may have been done. */
export class NoAnswerError extends Error {
  readonly code = 'NO_ANSWER';

  constructor() {
    super('the database does not answer');
  }
}

/**
 * Node's, the driver's, and PostgreSQL's codes: class 08, shutdown (57P01 to 57P03), too many connections (53300), a
 * standby that isn't promoted yet (25006). Others that end a connection are FATAL, as when a database takes no
 * connections for a while (55000).
 */
const outageCode =
  /^(?:E(?:CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND)|EAI_AGAIN|CONNECT_TIMEOUT|CONNECTION_\w+|NO_ANSWER|08\w{3}|57P0[1-3]|53300|25006)$/;

/**
 * Returns the error of an unreachable database that `error` is or has as its cause, as Drizzle's have, else null. A
 * transaction may have been committed although its answer was lost.
 */
export function outageOf(error: unknown): (Error & { code: string }) | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code = codeOf(at), severity } = at as { code?: unknown; severity?: unknown };
    if (typeof code !== 'string') continue;
    if (outageCode.test(code) || severity === 'FATAL' || severity === 'PANIC')
      return Object.assign(at, { code });
  }
  return null;
}

/**
 * Returns whether it refused to write: a standby that isn't promoted yet, or a transaction of ours that says it only reads,
 * which the stack shows.
 */
export const isReadOnly = ({ code }: { code?: unknown }): boolean => code === '25006';

/** The driver of the job queue gives a lost connection no code. */
const codeOf = ({ message }: Error): string | undefined =>
  message.startsWith('Connection terminated') ? 'CONNECTION_CLOSED' : undefined;

/** A wrong login or the name of no database. */
const needsOperator = /^(?:28|3D)/;

const probeSeconds = 2;
const retryMs = 500;
const repeatMs = 10_000;

/** Throws unless the database answers a new connection. */
async function probe(url: string): Promise<void> {
  const client = postgres(url, {
    max: 1,
    connect_timeout: probeSeconds,
    fetch_types: false,
    onnotice: () => {},
  });
  const late = new AbortController();
  try {
    await Promise.race([
      client`select 1`,
      sleep(probeSeconds * 1000, undefined, { signal: late.signal }).then(() => {
        throw new NoAnswerError();
      }),
    ]);
  } finally {
    late.abort();
    await client.end({ timeout: 0 });
  }
}

/**
 * Waits until the database takes connections. Calls `onWait` at first and every ten seconds. Throws what the database
 * last said after `seconds`, and errors that waiting doesn't mend (a wrong password) at once.
 */
export async function untilReachable(
  url: string,
  seconds: number,
  onWait: (error: Error) => void,
): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let saidAt = -Infinity;
  for (;;) {
    try {
      return await probe(url);
    } catch (error) {
      const outage = outageOf(error);
      if (!outage || needsOperator.test(outage.code) || performance.now() >= until) throw error;
      if (performance.now() - saidAt >= repeatMs) {
        saidAt = performance.now();
        onWait(outage);
      }
    }
    await sleep(retryMs);
  }
}

/** What this module uses of postgres.js's Query beyond its type. */
interface Sendable {
  /** Gives the query to a connection, or lets it wait for one. */
  handler: (query: Sendable) => void;
  /** Null until it was sent. */
  state: unknown;
  resolve: (answer: unknown) => void;
  reject: (error: unknown) => void;
  cancel(): void;
}

type Run = (tx: postgres.TransactionSql) => unknown;

/**
 * Returns the client with an end to waiting: a statement or transaction that isn't over after `waitMs` fails with a
 * NoAnswerError if the database doesn't answer a new connection either. If it does, it is only busy. What wasn't sent
 * by then is never sent.
 */
export function endingWaits(client: postgres.Sql, url: string, waitMs: number): postgres.Sql {
  const watch = createWatch(url, waitMs);

  const unsafe = (...given: Parameters<postgres.Sql['unsafe']>) => {
    const query = client.unsafe(...given) as unknown as Sendable;
    const { handler, resolve, reject } = query;
    query.handler = (sent) => {
      const stop = watch(() => {
        reject(new NoAnswerError());
        if (query.state === null) query.cancel();
      });
      const stopBefore =
        <T>(run: (value: T) => void) =>
        (value: T) => {
          stop();
          run(value);
        };
      query.resolve = stopBefore(resolve);
      query.reject = stopBefore(reject);
      handler(sent);
    };
    return query;
  };

  const begin = (...given: [modes: string, run: Run] | [run: Run]) => {
    const [modes, run] = given.length === 2 ? given : (['', ...given] as const);
    return new Promise((resolve, reject) => {
      let isRefused = false;
      const stop = watch(() => {
        isRefused = true;
        reject(new NoAnswerError());
      });
      client
        .begin(modes, (tx) => {
          // Rolls back, as the caller has been refused.
          if (isRefused) throw new NoAnswerError();
          return run(tx);
        })
        .finally(stop)
        .then(resolve, reject);
    });
  };

  return new Proxy(client, {
    get(target, name, receiver) {
      if (name === 'unsafe') return unsafe;
      if (name === 'begin') return begin;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
}

/** Returns a function that calls `giveUp` once the database is away, unless the function it returns is called first. */
function createWatch(url: string, waitMs: number): (giveUp: () => void) => () => void {
  // All that wait ask together.
  let asking: Promise<boolean> | null = null;
  const isAway = () =>
    (asking ??= probe(url)
      .then(
        () => false,
        // A server that refuses one more connection still works on the others.
        (error: unknown) => !/^(?:53300|55000)$/.test(outageOf(error)?.code ?? '53300'),
      )
      .finally(() => (asking = null)));
  return (giveUp) => {
    let timer: NodeJS.Timeout | null = null;
    let isOver = false;
    const wait = () => {
      timer = setTimeout(() => {
        void isAway().then((away) => {
          if (isOver) return;
          if (away) giveUp();
          else wait();
        });
      }, waitMs);
    };
    wait();
    return () => {
      isOver = true;
      if (timer) clearTimeout(timer);
    };
  };
}
