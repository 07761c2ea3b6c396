import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import { withLock } from './lock.ts';
import { type Account, accountFor } from './pg/account.ts';
import { findBinaries } from './pg/binaries.ts';
import {
  createCluster,
  createUsersPipe,
  HERE,
  programEnv,
  readPassword,
  SUPERUSER,
  USERS_PIPE,
} from './pg/cluster.ts';
import { findServer, isAlive, type RunningServer, waitForEnd, waitForLeftovers } from './pg/processes.ts';
import { PlainError } from './plain-error.ts';

export type PostgresOptions = {
  /** The cluster goes into its subfolder `postgres`, the server's log beside it. Made when missing. */
  dataDir: string;
  /** Used only when the server is not running yet; a free one by default. */
  port?: number;
  /** Server settings (`fsync: 'off'`), used only when the server is not running yet. */
  settings?: Record<string, string>;
};

export type Postgres = {
  /** postgres://… of the database `quoteline` on 127.0.0.1. */
  url: string;
  pid: number;
  /** Lets go of the server, and waits for its clean end if nobody else uses it. */
  stop(): Promise<void>;
  /** Settles when the server has ended for any reason. */
  ended: Promise<void>;
};

const DATABASE = 'quoteline';
const START_PATIENCE_MS = 60_000;
const STOP_PATIENCE_MS = 30_000;
const LOG_LIMIT_BYTES = 5_000_000;

const defaultSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Short queries gain nothing from either, and small containers lack the shared memory for parallel ones.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};

/**
 * PostgreSQL's parent. It reads the users' pipe, which ends when the last user closes it or is killed, and then
 * asks for a fast shutdown. Opening for both directions first keeps the second opening from blocking.
 */
const KEEPER = `
exec 3<>${USERS_PIPE}; exec 4<${USERS_PIPE}; exec 3>&-
"$0" "$@" 4<&- & server=$!
(read -r line <&4; kill -INT $server) & watch=$!
exec 4<&-
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`;

/**
 * The embedded PostgreSQL of a data folder: joins the server that already runs there or starts one. It lives as
 * long as any process that asked for it does, so `npm run import` beside `npm start` shares one server and either
 * may end first; after a kill -9 of all of them it stops by itself.
 *
 * Throws with the end of PostgreSQL's log when it doesn't start.
 */
export async function connectOrStart(options: PostgresOptions): Promise<Postgres> {
  const clusterDir = join(resolve(options.dataDir), 'postgres');
  return withLock(clusterDir, async () => {
    const { server, hold } = (await joinRunning(clusterDir)) ?? (await start(clusterDir, options));
    const password = readPassword(clusterDir);
    const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/${DATABASE}`;
    await ensureDatabase(url);
    let stopping: Promise<void> | undefined;
    return {
      url,
      pid: server.pid,
      stop: () => (stopping ??= withLock(clusterDir, () => letGo(clusterDir, server.pid, hold))),
      ended: watchForEnd(server.pid),
    };
  });
}

type Held = { server: RunningServer; hold: number };

async function joinRunning(clusterDir: string): Promise<Held | undefined> {
  const found = existsSync(clusterDir) && findServer(clusterDir);
  if (!found) return undefined;
  const hold = holdServer(clusterDir);
  // The last user may have been killed just now: look again once the shutdown had time to begin.
  await pause(30);
  const server = findServer(clusterDir);
  if (server?.status === 'ready' && hold !== undefined) return { server, hold };

  // Shutting down already, or orphaned.
  if (hold !== undefined) closeSync(hold);
  if (server) await endServer(server.pid, 'SIGINT');
  return undefined;
}

async function start(clusterDir: string, { dataDir, port, settings }: PostgresOptions): Promise<Held> {
  const account = accountFor(clusterDir);
  const binaries = findBinaries(account);
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(join(clusterDir, 'PG_VERSION'))) await createCluster(clusterDir, account, binaries);
  await waitForLeftovers(clusterDir);
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true });

  const pipe = createUsersPipe(clusterDir, account);
  const beforeHold = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    const server = await launch(clusterDir, account, [
      ...[binaries.postgres, '-D', HERE, '-p', String(port ?? (await findFreePort()))],
      ...Object.entries({ ...defaultSettings, ...settings }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
    ]);
    const hold = holdServer(clusterDir);
    if (hold === undefined) throw new PlainError('PostgreSQL ended right after its start.');
    return { server, hold };
  } finally {
    closeSync(beforeHold);
  }
}

/** Resolves when the server takes connections. */
async function launch(clusterDir: string, account: Account, command: string[]): Promise<RunningServer> {
  const logFile = join(clusterDir, '..', 'postgres.log');
  const loggedBefore = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const keepLog = loggedBefore < LOG_LIMIT_BYTES;
  const log = openSync(logFile, keepLog ? 'a' : 'w');
  const child = spawn('sh', ['-c', KEEPER, ...command], {
    ...account,
    cwd: clusterDir,
    env: programEnv,
    // A process group of its own: Ctrl-C must not stop the database before the service has closed.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));

  const giveUpAt = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const server = findServer(clusterDir);
    if (server?.status === 'ready') return server;
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > giveUpAt) {
      const said = readFileSync(logFile, 'utf8').slice(keepLog ? loggedBefore : 0);
      throw new PlainError(
        `PostgreSQL did not start. It said:\n${said.trim().split('\n').slice(-12).join('\n')}`,
      );
    }
    await pause(10);
  }
}

/** Becomes a user of the server; undefined when no keeper is listening. */
function holdServer(clusterDir: string): number | undefined {
  try {
    return openSync(join(clusterDir, USERS_PIPE), constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

async function letGo(clusterDir: string, pid: number, hold: number): Promise<void> {
  closeSync(hold);
  if (!hasUsers(clusterDir)) await endServer(pid);
}

/** Returns a pipe without writers reads as ended at once; with writers it has nothing to say yet (EAGAIN). */
function hasUsers(clusterDir: string): boolean {
  let pipe: number | undefined;
  try {
    pipe = openSync(join(clusterDir, USERS_PIPE), constants.O_RDONLY | constants.O_NONBLOCK);
    readSync(pipe, Buffer.alloc(1));
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EAGAIN';
  } finally {
    if (pipe !== undefined) closeSync(pipe);
  }
}

async function endServer(pid: number, signal?: NodeJS.Signals): Promise<void> {
  if (signal) process.kill(pid, signal);
  if (await waitForEnd(pid, STOP_PATIENCE_MS)) return;
  process.kill(pid, 'SIGQUIT');
  await waitForEnd(pid, STOP_PATIENCE_MS);
}

async function watchForEnd(pid: number): Promise<void> {
  while (isAlive(pid)) await pause(500, undefined, { ref: false });
}

async function ensureDatabase(url: string): Promise<void> {
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const sql = postgres(maintenance.href, { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!found) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}

/** Returns a free port on loopback, below the range from which the system picks ephemeral ports. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolveFree) => {
    const server = createServer();
    server.once('error', () => resolveFree(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolveFree(true)));
  });
}
